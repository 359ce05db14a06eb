import type { Session } from '../../../ml/session';

/** The two networks that hear a song; both are needed. */
export interface MusicModel {
  /** Log-mel pictures of 3 s to timbre and tags. */
  readonly listener: Session;
  /** A segment's features with a passage's timbre to quadrants, affect, embedding and attention. */
  readonly emotion: Session;
}

/** Folder names under models/. */
export const MUSIC_MODELS = { listener: 'music-listener', emotion: 'music-emotion' } as const;
