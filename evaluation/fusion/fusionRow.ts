import type { FusionKind } from '../../src/core/fusion';
import type { Affect } from '../../src/core/emotion';

/** What one sense says in a row of the manifest. */
export interface Word {
  /** 'face', 'voice', 'text', 'physiology', 'context', or any other prefix of columns. */
  readonly source: string;
  /** [7] in the order of EMOTIONS, summing to 1. */
  readonly p: readonly number[];
  /** null: the mean and spread of `p` on the circumplex. */
  readonly affect: Affect | null;
  /** null: the largest of `p`. */
  readonly confidence: number | null;
  readonly quality: number;
  /** Of the evidence at the row's time, ms. */
  readonly ageMs: number;
  /** Said by people who watched or listened, not by a model. */
  readonly isPeople: boolean;
}

/** One moment with a label and with what the senses say of it. */
export interface FusionRow {
  readonly label: string;
  /** Whose it is; intervals redraw whole persons. */
  readonly group: string | null;
  /** Value of the column by which figures are told apart. */
  readonly by: string | null;
  /** Rows of one session follow each other in time; null: a row stands alone. */
  readonly session: string | null;
  readonly atMs: number;
  readonly words: readonly Word[];
}

/** How the rows are to be put together. */
export interface Condition {
  readonly kind: FusionKind;
  /** Senses that are there; all of them by default. */
  readonly kept: readonly string[] | null;
}

/** null where no sense that is there says anything. */
export type Fused = null | {
  /** [7] in the order of EMOTIONS. */
  readonly p: readonly number[];
  readonly confidence: number;
  readonly valence: number;
  readonly arousal: number;
  readonly quality: number;
  readonly tookMs: number;
};
