import { AppError } from '../../core/errors';
import type { Track } from '../../core/music';
import type { TrackId } from '../../core/units';
import type { PlayableTrack } from '../../player/deck';
import { peakOf } from '../../player/levelling';
import type { LibraryStore } from './library.svelte';

export interface AudioAccess {
  readonly library: Pick<LibraryStore, 'row'>;
  readonly openAudio: (track: Track) => Promise<Blob>;
}

/** A song's bytes with what the levelling needs. @throws AppError 'library/…' */
export async function openPlayable(trackId: TrackId, { library, openAudio }: AudioAccess): Promise<PlayableTrack> {
  const row = library.row(trackId);
  if (!row) throw new AppError('library/file-missing', `${trackId} is not in the library`);
  const { analysis } = row;
  const level = { loudness: analysis?.loudness ?? null, peak: analysis ? peakOf(analysis.truePeak) : null };
  return { trackId, audio: await openAudio(row.track), level };
}

/** The same for a song whose turn has not come: what keeps it from playing is told when it does. */
export async function openAhead(trackId: TrackId | null, access: AudioAccess): Promise<PlayableTrack | null> {
  try {
    return trackId && (await openPlayable(trackId, access));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
