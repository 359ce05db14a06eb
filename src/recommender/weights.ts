/**
 * How much each reason can move a score. A perfect affect fit is worth `affect`; everything else is set against it.
 * Chosen by hand; learning them from the feedback log comes later.
 */
export interface Weights {
  readonly affect: number;
  readonly tempoFlow: number;
  readonly liked: number;
  /** Subtracted; larger than all gains together, so that a disliked song comes last. */
  readonly disliked: number;
  readonly skipped: number;
  readonly novelty: number;
  readonly recentlyPlayed: number;
  readonly sameArtist: number;
  readonly chance: number;
}

export const WEIGHTS: Weights = {
  affect: 1,
  tempoFlow: 0.12,
  liked: 0.15,
  disliked: 4,
  skipped: 0.25,
  novelty: 0.05,
  recentlyPlayed: 0.5,
  sameArtist: 0.12,
  chance: 0.02,
};
