import type { TrackAnalysis, TrackDetail } from '../../../core/music';
import type { TrackId } from '../../../core/units';
import type { SyncInDatabase } from '../../../storage/db';
import { getDetail } from '../../../storage/rows/details';
import type { LibraryRow, SimilarSong } from './libraryContract';
import { findNearDuplicates } from './nearDuplicates';
import { SimilarSongs } from './similarSongs';

/** Details held at a time, about 40 kB each: the song that plays, its neighbours, and pages that were open lately. */
const MOST = 24;

/** What is read when a screen shows it, not before. */
export class SongDetails {
  readonly #details = new Map<TrackId, Promise<TrackDetail | null>>();

  readonly #similar: SimilarSongs;

  constructor(private readonly db: SyncInDatabase | null) {
    this.#similar = new SimilarSongs(db);
  }

  detail(trackId: TrackId): Promise<TrackDetail | null> {
    const detail = this.#details.get(trackId) ?? this.#read(trackId);
    // The last one asked for is the last one to go.
    this.#details.delete(trackId);
    this.#details.set(trackId, detail);
    for (const [oldest] of this.#details) {
      if (this.#details.size <= MOST) break;
      this.#details.delete(oldest);
    }
    return detail;
  }

  similar(trackId: TrackId, count: number): Promise<readonly SimilarSong[]> {
    return this.#similar.of(trackId, count);
  }

  async nearDuplicates(rowOf: (trackId: TrackId) => LibraryRow | null): Promise<readonly (readonly TrackId[])[]> {
    return this.db ? findNearDuplicates(this.db, (trackId) => rowOf(trackId)?.analysis?.duration ?? null) : [];
  }

  /** What was read of it is of yesterday. */
  analysed(analysis: TrackAnalysis): void {
    this.#details.delete(analysis.trackId);
    this.#similar.analysed(analysis);
  }

  removed(trackIds: readonly TrackId[]): void {
    for (const id of trackIds) this.#details.delete(id);
    this.#similar.removed(trackIds);
  }

  release(): void {
    this.#details.clear();
    this.#similar.release();
  }

  async #read(trackId: TrackId): Promise<TrackDetail | null> {
    try {
      return (this.db && (await getDetail(this.db, trackId))) ?? null;
    } catch (error) {
      // Asked again, it may be there.
      this.#details.delete(trackId);
      throw error;
    }
  }
}
