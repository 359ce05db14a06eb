import type { TrackAnalysis } from '../../../core/music';
import type { Milliseconds, TrackId } from '../../../core/units';
import { nearestRows } from '../../../recommender/nearest';
import type { SyncInDatabase } from '../../../storage/db';
import { loadEmbeddings } from '../../../storage/rows/embeddings/loadEmbeddings';
import type { SimilarSong } from './libraryContract';
import { Timer } from '../../timer';

/** 100,000 embeddings are 26 MB: they stay this long after the last question. */
const KEEP_MS: Milliseconds = 120_000;

/** All embeddings at hand, and which row is whose. */
class EmbeddingTable {
  readonly #places = new Map<TrackId, number>();
  readonly #trackIds: (TrackId | null)[];
  #vectors: Float32Array;

  constructor(
    trackIds: readonly TrackId[],
    readonly dimension: number,
    vectors: Float32Array,
  ) {
    this.#trackIds = [...trackIds];
    this.#vectors = vectors;
    trackIds.forEach((id, row) => this.#places.set(id, row));
  }

  nearest(trackId: TrackId, count: number): readonly SimilarSong[] {
    const query = this.#places.get(trackId);
    if (query === undefined) return [];
    const shape = { rows: this.#trackIds.length, dimension: this.dimension };
    return nearestRows(this.#vectors, shape, query, count, (row) => this.#trackIds[row] !== null).flatMap(({ row, similarity }) => {
      const id = this.#trackIds[row] ?? null;
      return id === null ? [] : [{ trackId: id, similarity }];
    });
  }

  set(trackId: TrackId, embedding: Float32Array): void {
    const row = this.#places.get(trackId) ?? this.#trackIds.push(trackId) - 1;
    this.#places.set(trackId, row);
    if ((row + 1) * this.dimension > this.#vectors.length) {
      const grown = new Float32Array(Math.ceil((row + 1) * 1.5) * this.dimension);
      grown.set(this.#vectors);
      this.#vectors = grown;
    }
    this.#vectors.set(embedding, row * this.dimension);
  }

  drop(trackId: TrackId): void {
    const row = this.#places.get(trackId);
    if (row === undefined) return;
    this.#places.delete(trackId);
    this.#trackIds[row] = null;
  }
}

/** Which songs sound alike. Reads the embeddings at the first question and lets them go when none comes for a while. */
export class SimilarSongs {
  #table: Promise<EmbeddingTable> | null = null;
  readonly #rest = new Timer();

  constructor(private readonly db: SyncInDatabase | null) {}

  /** The nearest first; none for a song without embedding. */
  async of(trackId: TrackId, count: number): Promise<readonly SimilarSong[]> {
    if (!this.db) return [];
    this.#table ??= this.#load(this.db);
    this.#rest.set(KEEP_MS, () => this.release());
    return (await this.#table).nearest(trackId, count);
  }

  analysed({ trackId, embedding }: TrackAnalysis): void {
    this.#whenThere((table) => {
      // A model with another embedding: all that is at hand is of yesterday.
      if (embedding.length === table.dimension) table.set(trackId, embedding);
      else this.release();
    });
  }

  removed(trackIds: readonly TrackId[]): void {
    this.#whenThere((table) => {
      for (const id of trackIds) table.drop(id);
    });
  }

  release(): void {
    this.#rest.clear();
    this.#table = null;
  }

  /** Changes also what is being read now: the block may have been read before. */
  #whenThere(change: (table: EmbeddingTable) => void): void {
    this.#table?.then(change, () => undefined);
  }

  #load(db: SyncInDatabase): Promise<EmbeddingTable> {
    const table = loadEmbeddings(db).then(({ trackIds, dimension, vectors }) => new EmbeddingTable(trackIds, dimension, vectors));
    // The next question tries again; this one tells.
    table.catch(() => (this.#table = null));
    return table;
  }
}
