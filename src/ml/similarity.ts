import { startTfjs, type TfjsBackend } from './backend/tfjs';

/** A table of unit-norm vectors that stays where it is multiplied. */
export interface Similarity {
  /** @param wanted [dimension] @returns [rows] dot products */
  scores(wanted: Float32Array): Promise<Float32Array>;
  release(): void;
}

/**
 * Dot products of one vector with every row of a table, on a backend of TensorFlow.js.
 * @param vectors [rows × dimension], row-major
 * @throws AppError 'model/run-failed' where the backend does not start
 */
export async function openSimilarity(backend: TfjsBackend, vectors: Float32Array, dimension: number): Promise<Similarity> {
  const tf = await startTfjs(backend);
  const table = tf.tensor2d(vectors, [vectors.length / dimension, dimension]);
  return {
    async scores(wanted) {
      await startTfjs(backend);
      const product = tf.tidy(() => tf.matMul(table, tf.tensor2d(wanted, [dimension, 1])));
      try {
        return Float32Array.from(await product.data());
      } finally {
        product.dispose();
      }
    },
    release: () => table.dispose(),
  };
}
