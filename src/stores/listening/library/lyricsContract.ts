import type { Lyrics } from '../../../core/music';
import type { TrackId } from '../../../core/units';
import type { TextEstimate, TextReading } from '../../../core/records/writtenEntry';

/** What a song's words say. */
export interface LyricsReading {
  /** One per line; null for empty lines. */
  readonly lines: readonly (TextReading | null)[];
  /** Over the lines that could be read; null when none could. */
  readonly song: Pick<TextEstimate, 'by' | 'probabilities' | 'affect' | 'confidence'> | null;
  /** ISO 639-1 of a song that is not English. */
  readonly language: string | null;
}

/** The words of songs. The user is told of failures; what they then give is null. */
export interface LyricsContract {
  /** null: nothing is known, which is not the same as an instrumental. */
  of(trackId: TrackId): Promise<Lyrics | null>;
  /** Plain text or LRC, in place of what the file says. @returns null when there is no word in it, and then nothing changes */
  paste(trackId: TrackId, text: string): Promise<Lyrics | null>;
  /** Nobody sings in it. */
  markInstrumental(trackId: TrackId): Promise<Lyrics | null>;
  /** Back to what the file says. */
  takeBack(trackId: TrackId): Promise<Lyrics | null>;
  /** Line by line, with the text model while its sense is on, else with the small lists. */
  read(lyrics: Lyrics, signal?: AbortSignal): Promise<LyricsReading | null>;
}
