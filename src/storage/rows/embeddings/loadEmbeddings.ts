import type { TrackId } from '../../../core/units';
import type { SyncInDatabase } from '../../db';
import { guardStorage } from '../../storageError';

export interface PackedEmbeddings {
  readonly trackIds: readonly TrackId[];
  /** 0 when there is none. */
  readonly dimension: number;
  /** [n × dimension] unit-norm rows in the order of `trackIds`. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

/** All embeddings of the newest dimension in one array; those of an older analyser wait to be redone. */
export async function loadEmbeddings(db: SyncInDatabase): Promise<PackedEmbeddings> {
  const blocks = await guardStorage(() => db.getAll('embeddings'));
  const dimension = blocks.at(-1)?.dimension ?? 0;
  const current = blocks.filter((block) => block.dimension === dimension);
  const trackIds = current.flatMap((block) => block.trackIds.filter((id) => id !== null));
  const vectors = new Float32Array(trackIds.length * dimension);
  let row = 0;
  for (const block of current) {
    block.trackIds.forEach((id, index) => {
      if (id !== null) vectors.set(block.vectors.subarray(index * dimension, (index + 1) * dimension), row++ * dimension);
    });
  }
  return { trackIds, dimension, vectors };
}

/** [d] the embedding of one song, or null. */
export async function getEmbedding(db: SyncInDatabase, trackId: TrackId): Promise<Float32Array | null> {
  return guardStorage(async () => {
    const slot = (await db.get('analyses', trackId))?.slot;
    const block = slot && (await db.get('embeddings', slot.block));
    if (!block || block.trackIds[slot.index] !== trackId) return null;
    return block.vectors.slice(slot.index * block.dimension, (slot.index + 1) * block.dimension);
  });
}
