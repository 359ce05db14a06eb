import { AppError, codeOf } from '../../core/errors';
import type { Lyrics, Track } from '../../core/music';
import type { TrackId } from '../../core/units';
import { lyricsKind } from '../../library/lyrics/chooseLyrics';
import { isInstrumental } from '../../library/lyrics/instrumental';
import { parseLyrics } from '../../library/lyrics/parseLyrics';
import type { SyncInDatabase } from '../../storage/db';
import { getLyrics, putLyrics } from '../../storage/rows/lyrics';
import type { LyricsContract, LyricsReading, NoticesContract, WordsContract } from '../contracts';

interface Needs {
  readonly db: SyncInDatabase | null;
  readonly notices: NoticesContract;
  readonly words: Pick<WordsContract, 'readLyrics'>;
  /** The library's row of the song follows. */
  readonly onChanged: (track: Track) => void;
}

/** A song that says "Instrumental" where its words would be has none. */
function known(lyrics: Lyrics): Lyrics {
  return isInstrumental(lyrics.lines) ? { ...lyrics, lines: [], isInstrumental: true } : lyrics;
}

/** The words of songs: those of the files, and those that the listener put in their place. */
export class LyricsStore implements LyricsContract {
  constructor(private readonly needs: Needs) {}

  async of(trackId: TrackId): Promise<Lyrics | null> {
    const found = await this.#try(async (db) => (await getLyrics(db, trackId)) ?? null);
    return found && known(found);
  }

  async paste(trackId: TrackId, text: string): Promise<Lyrics | null> {
    const parsed = parseLyrics(text);
    return parsed && this.#keep(trackId, { ...parsed, trackId, source: 'pasted' });
  }

  markInstrumental(trackId: TrackId): Promise<Lyrics | null> {
    return this.#keep(trackId, { trackId, source: 'pasted', language: null, lines: [], isInstrumental: true });
  }

  async takeBack(trackId: TrackId): Promise<Lyrics | null> {
    const replaced = (await this.of(trackId))?.replaced ?? null;
    await this.#put(trackId, replaced);
    return replaced;
  }

  read(lyrics: Lyrics, signal?: AbortSignal): Promise<LyricsReading | null> {
    return this.needs.words.readLyrics(lyrics.lines, signal);
  }

  async #keep(trackId: TrackId, lyrics: Lyrics): Promise<Lyrics | null> {
    const before = await this.#try(async (db) => (await getLyrics(db, trackId)) ?? null);
    // The listener's own earlier word is not what the file says.
    const ofFile = before?.source === 'pasted' ? before.replaced : before;
    const kept = known({ ...lyrics, ...(ofFile && { replaced: ofFile }) });
    return (await this.#put(trackId, kept)) ? kept : null;
  }

  /** @returns whether the song is still there */
  async #put(trackId: TrackId, lyrics: Lyrics | null): Promise<boolean> {
    const kind = lyricsKind(lyrics && lyrics.lines.length > 0 ? lyrics : null);
    const track = await this.#try((db) => putLyrics(db, trackId, lyrics, kind));
    if (track) this.needs.onChanged(track);
    return track !== null;
  }

  async #try<T>(work: (db: SyncInDatabase) => Promise<T>): Promise<T | null> {
    try {
      if (!this.needs.db) throw new AppError('storage/unavailable', 'there are no songs without storage');
      return await work(this.needs.db);
    } catch (error) {
      this.needs.notices.problem(codeOf(error));
      return null;
    }
  }
}
