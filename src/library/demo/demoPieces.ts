import { AppError } from '../../core/errors';
import { NOTHING_STATED } from '../../core/music';
import type { TrackId } from '../../core/units';
import type { TrackTags } from '../libraryWork';
import { ENERGETIC_PIECES } from './energeticPieces';
import { GENTLE_PIECES } from './gentlePieces';
import type { PieceSpec } from './pieceSpec';

export interface DemoPiece {
  /** Also the name of its WAV; the same on every device. */
  readonly id: TrackId;
  readonly fileName: string;
  readonly tags: TrackTags;
  readonly spec: PieceSpec;
}

export const DEMO_ARTIST = 'SyncIn demo';

function toPiece(spec: PieceSpec, index: number): DemoPiece {
  return {
    id: `demo-${index}` as TrackId,
    fileName: `${spec.title}.wav`,
    tags: {
      title: spec.title,
      artist: DEMO_ARTIST,
      album: 'Sixteen moods',
      albumArtist: null,
      genre: spec.genre,
      year: null,
      trackNumber: index + 1,
      discNumber: null,
      stated: NOTHING_STATED,
      duration: null,
    },
    spec,
  };
}

/** Sixteen short pieces, four written for each quadrant of the mood plane. */
export const DEMO_PIECES: readonly DemoPiece[] = [...ENERGETIC_PIECES, ...GENTLE_PIECES].map(toPiece);

export function demoPiece(index: number): DemoPiece {
  const piece = DEMO_PIECES[index];
  if (!piece) throw new AppError('library/file-missing', `there is no demo piece ${index}`);
  return piece;
}
