import type { Situation } from '../../core/records/situation';

/** What the estimator takes: the situation as it stands. One comes whenever it changes, and every two seconds, because what was said fades. */
export type ContextFrame = Situation;
