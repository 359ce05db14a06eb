import type { EpochMs } from '../../core/units';

/** Something that was written, and when. */
export interface WrittenText {
  readonly at: EpochMs;
  readonly text: string;
}

/**
 * What the estimator takes: everything written lately, oldest first. One comes whenever something is written, edited or deleted, and
 * every few seconds in between, because a mood fades while nothing is written.
 */
export interface TextFrame {
  readonly written: readonly WrittenText[];
}
