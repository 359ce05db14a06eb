import type { Session } from '../../../ml/session';

/** The two networks that hear a song; both are needed. */
export interface MusicModel {
  /** Log-mel picture of a segment to timbre, tags, logits, drift of its passages and attention. */
  readonly encoder: Session;
  /** Features and what the encoder found, to quadrants, affect and embedding. */
  readonly emotion: Session;
}

/** Folder names under models/, in the order of `MusicModel`. */
export const MUSIC_MODELS = ['music-encoder', 'music-emotion'] as const;
