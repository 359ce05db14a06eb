import type { TrackId } from '../../../core/units';
import type { SyncInDatabase } from '../../db';
import { BLOCK_SLOTS } from './embeddingBlock';
import { guardStorage } from '../../storageError';

export interface PackedEmbeddings {
  readonly trackIds: readonly TrackId[];
  /** 0 when there is none. */
  readonly dimension: number;
  /** [n × dimension] unit-norm rows in the order of `trackIds`. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

/**
 * All embeddings of the newest dimension in one array; those of an older analyser wait to be redone. Block by block, so that
 * unpacking 100,000 of them never holds the page's thread for long.
 */
export async function loadEmbeddings(db: SyncInDatabase): Promise<PackedEmbeddings> {
  const ids = await guardStorage(() => db.getAllKeys('embeddings'));
  const newest = ids.at(-1);
  const dimension = (newest === undefined ? undefined : await guardStorage(() => db.get('embeddings', newest)))?.dimension ?? 0;
  const vectors = new Float32Array(ids.length * BLOCK_SLOTS * dimension);
  const trackIds: TrackId[] = [];
  for (const id of ids) {
    const block = await guardStorage(() => db.get('embeddings', id));
    if (block?.dimension !== dimension) continue;
    block.trackIds.forEach((trackId, index) => {
      if (trackId === null) return;
      vectors.set(block.vectors.subarray(index * dimension, (index + 1) * dimension), trackIds.length * dimension);
      trackIds.push(trackId);
    });
  }
  return { trackIds, dimension, vectors: vectors.subarray(0, trackIds.length * dimension) };
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
