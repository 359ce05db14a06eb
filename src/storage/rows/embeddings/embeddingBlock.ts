import type { TrackId } from '../../../core/units';
import type { EmbeddingBlock, EmbeddingSlot, StoredAnalysis } from '../../db';

export const BLOCK_SLOTS = 512;

export function emptyBlock(id: number, dimension: number): EmbeddingBlock {
  return { id, dimension, trackIds: [], vectors: new Float32Array(BLOCK_SLOTS * dimension) };
}

/** Whether an embedding of this length fits into the block. */
export function hasRoom(block: EmbeddingBlock, dimension: number): boolean {
  return block.dimension === dimension && (block.trackIds.length < BLOCK_SLOTS || block.trackIds.includes(null));
}

/**
 * The block with one more embedding, in its first free slot. The vectors are changed in place: blocks are read from
 * the database, changed and written back, never shared.
 */
export function withEmbedding(
  block: EmbeddingBlock,
  trackId: TrackId,
  embedding: Float32Array,
): { readonly block: EmbeddingBlock; readonly slot: EmbeddingSlot } {
  const hole = block.trackIds.indexOf(null);
  const index = hole >= 0 ? hole : block.trackIds.length;
  const trackIds = [...block.trackIds];
  trackIds[index] = trackId;
  block.vectors.set(embedding, index * block.dimension);
  return { block: { ...block, trackIds }, slot: { block: block.id, index } };
}

/** The block without the embedding in `index`; null when nothing is left in it. */
export function withoutEmbedding(block: EmbeddingBlock, index: number): EmbeddingBlock | null {
  const trackIds = block.trackIds.map((id, slot) => (slot === index ? null : id));
  if (trackIds.every((id) => id === null)) return null;
  block.vectors.fill(0, index * block.dimension, (index + 1) * block.dimension);
  return { ...block, trackIds };
}

/** The `embeddings` store inside a transaction. */
export interface BlockStore {
  get(id: number): Promise<EmbeddingBlock | undefined>;
  put(block: EmbeddingBlock): Promise<unknown>;
  delete(id: number): Promise<unknown>;
  openCursor(query: null, direction: 'prev'): Promise<{ readonly value: EmbeddingBlock } | null>;
}

/** Frees the slot of a song's analysis; a block without songs goes. */
export async function vacate(blocks: BlockStore, trackId: TrackId, analysis: StoredAnalysis | undefined): Promise<void> {
  const block = analysis && (await blocks.get(analysis.slot.block));
  if (!block || block.trackIds[analysis.slot.index] !== trackId) return;
  const rest = withoutEmbedding(block, analysis.slot.index);
  await (rest ? blocks.put(rest) : blocks.delete(block.id));
}

/** Writes an embedding into the newest block, or a new one when that is full or of another size. */
export async function place(blocks: BlockStore, trackId: TrackId, embedding: Float32Array): Promise<EmbeddingSlot> {
  const newest = (await blocks.openCursor(null, 'prev'))?.value;
  const room = newest && hasRoom(newest, embedding.length) ? newest : emptyBlock((newest?.id ?? -1) + 1, embedding.length);
  const { block, slot } = withEmbedding(room, trackId, embedding);
  await blocks.put(block);
  return slot;
}
