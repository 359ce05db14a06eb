import { gaussian, seededRandom } from '../../src/core/random';
import { measure } from '../../src/ml/backend/backendChoice';
import type { TfjsBackend } from '../../src/ml/backend/tfjs';
import { openSimilarity } from '../../src/ml/similarity';
import { bestOf, nearestTo } from '../../src/recommender/nearest';

const DIMENSION = 64;
const BEST = 100;
/** A software graphics processor is asked for the right numbers only, of a table that it finishes in time. */
const SMALL = 2000;

interface Ranked {
  /** Median ms from the listener's place to the best 100 songs, after warming up. */
  readonly ms: number;
  /** ms until the table lies where it is multiplied. */
  readonly uploadMs: number;
  /** Largest difference of a dot product to plain JavaScript in double precision. */
  readonly worst: number;
  readonly songs: number;
}

export interface RankingBench {
  readonly songs: number;
  readonly dimension: number;
  readonly js: { readonly ms: number };
  readonly tfjs: Readonly<Record<string, Ranked | { readonly failed: string }>>;
  /** Whether WebGPU ran on a real graphics processor. */
  readonly webgpu: 'hardware' | 'software' | 'missing';
}

function unitRows(rows: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const vectors = Float32Array.from({ length: rows * DIMENSION }, () => gaussian(random));
  for (let row = 0; row < rows; row++) {
    const one = vectors.subarray(row * DIMENSION, (row + 1) * DIMENSION);
    const norm = Math.hypot(...one);
    one.forEach((value, k) => (one[k] = value / norm));
  }
  return vectors;
}

const clock = () => performance.now();

function exactly(vectors: Float32Array, place: Float32Array): Float64Array {
  return Float64Array.from({ length: vectors.length / DIMENSION }, (_, row) => {
    let sum = 0;
    for (let k = 0; k < DIMENSION; k++) sum += (vectors[row * DIMENSION + k] ?? 0) * (place[k] ?? 0);
    return sum;
  });
}

async function rankWith(backend: TfjsBackend, vectors: Float32Array, place: Float32Array): Promise<Ranked> {
  const started = clock();
  const table = await openSimilarity(backend, vectors, DIMENSION);
  try {
    const scores = await table.scores(place);
    const uploadMs = clock() - started;
    const wanted = exactly(vectors, place);
    const worst = scores.reduce((most, value, row) => Math.max(most, Math.abs(value - (wanted[row] ?? NaN))), 0);
    const ms = await measure(async () => bestOf(Float64Array.from(await table.scores(place)), BEST), clock);
    return { ms, uploadMs, worst, songs: vectors.length / DIMENSION };
  } finally {
    table.release();
  }
}

async function graphicsProcessor(): Promise<RankingBench['webgpu']> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean } } | null> } };
  const adapter = await gpu?.requestAdapter();
  if (!adapter) return 'missing';
  return adapter.info?.isFallbackAdapter === true ? 'software' : 'hardware';
}

/** The listener's place times the songs' packed embeddings, on every backend that starts here. */
export async function benchRanking(songs: number): Promise<RankingBench> {
  const [vectors, place] = [unitRows(songs, 1), unitRows(1, 2)];
  const js = { ms: await measure(async () => nearestTo(vectors, { rows: songs, dimension: DIMENSION }, place, BEST), clock) };
  const webgpu = await graphicsProcessor();
  const tfjs: Record<string, Ranked | { readonly failed: string }> = {};
  for (const backend of ['wasm', 'cpu', 'webgpu'] as const) {
    if (backend === 'webgpu' && webgpu === 'missing') continue;
    const isSlow = backend === 'webgpu' && webgpu === 'software';
    try {
      tfjs[backend] = await rankWith(backend, isSlow ? vectors.subarray(0, SMALL * DIMENSION) : vectors, place);
    } catch (error) {
      tfjs[backend] = { failed: error instanceof Error ? error.message : String(error) };
    }
  }
  return { songs, dimension: DIMENSION, js, tfjs, webgpu };
}
