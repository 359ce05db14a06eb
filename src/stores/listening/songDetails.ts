import type { Lyrics, TrackDetail } from '../../core/music';
import type { TrackId } from '../../core/units';
import type { SyncInDatabase } from '../../storage/db';
import { getDetail } from '../../storage/rows/details';
import { getLyrics } from '../../storage/rows/lyrics';

/** Details held at a time, about 40 kB each: the song that plays, its neighbours, and pages that were open lately. */
const MOST = 24;

/** What is read song by song when a screen shows it. */
export class SongDetails {
  readonly #details = new Map<TrackId, Promise<TrackDetail | null>>();

  constructor(private readonly db: SyncInDatabase | null) {}

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

  async lyrics(trackId: TrackId): Promise<Lyrics | null> {
    return (this.db && (await getLyrics(this.db, trackId))) ?? null;
  }

  /** It was analysed anew, or is gone. */
  forget(trackId: TrackId): void {
    this.#details.delete(trackId);
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
