import type { AbsenceReason, Affect, Emotion } from './emotion';
import type { FusedEstimate } from './music';
import type { Milliseconds, UnitInterval } from './units';

/**
 * How what the senses say becomes one estimate; selectable in the lab.
 * - `attention`: gates and attention over the senses, learned, with the last minutes as one more voice
 * - `hybrid`: the mean of attention and early in log-probability, attention counting four fifths; the best on all sets together, so the default
 * - `early`: one network over everything at once, an absent sense being zeros
 * - `late`: log-linear pooling by confidence, quality and age; nothing learned, and what is left without the model file
 */
export const FUSION_KINDS = ['attention', 'hybrid', 'early', 'late'] as const;
export type FusionKind = (typeof FUSION_KINDS)[number];

/** Of who has chosen none. Without a network every kind is the late one, so it is asked for from the start. */
export const DEFAULT_FUSION: FusionKind = 'hybrid';

/** Why a sense has no weight in the fused estimate. */
export type SilenceReason =
  | AbsenceReason
  /** Not switched on. */
  | 'off'
  /** Left out by the lab's ablation switch. */
  | 'left-out'
  /** What it said last is older than its fading time. */
  | 'stale'
  /** It speaks and says nothing: a flat distribution, and blind on both axes. */
  | 'uninformative';

/** What one sense had to do with a fused estimate. */
export interface FusedPart {
  /** 'face', 'voice', 'text', 'physiology', 'context', or the id of a third-party sense. */
  readonly source: string;
  /** Its share in the estimate; the shares of all parts sum to 1, or are all 0 when nothing was known. */
  readonly weight: UnitInterval;
  /** Set exactly when `weight` is 0. */
  readonly silence: SilenceReason | null;
  /** 1 while its evidence is fresh, falling to 0 at its fading time; 0 without evidence. */
  readonly freshness: UnitInterval;
  /** Age of its evidence; null without evidence. */
  readonly ageMs: Milliseconds | null;
  readonly signalQuality: UnitInterval;
  /** Without it alone the label would be another one. For the sentence that says why. */
  readonly isDecisive: boolean;
}

/** Everything that the screens may show of one act of fusion. Plain, and cloneable. */
export interface FusedState {
  readonly estimate: FusedEstimate;
  /** The kind that ran: 'late' where another was asked for and the model file is missing. */
  readonly kind: FusionKind;
  /** Every sense asked, in the order of `source`, silent ones too. */
  readonly parts: readonly FusedPart[];
  /**
   * [64] the listener's place in the songs' embedding space, unit norm; its dot product with a song's unit-norm embedding,
   * in [-1, 1], ranks songs by how well their mood fits. null without a network (late fusion) or when nothing is known.
   */
  readonly userState: Float32Array | null;
  /** What the past minutes alone would say, and their share; null when there is no past. */
  readonly memory: { readonly affect: Affect; readonly weight: UnitInterval } | null;
  /** Where the estimate would lie without the user's corrections; null when none is learned. */
  readonly uncorrected: Affect | null;
}

/**
 * What corrections ("this is how I feel") taught about this person. Applied to the network's output:
 * p(k) ∝ exp((z_k + bias_k) / temperature), each sense's gate scaled by gain. Recomputed from the log of corrections, so that
 * undoing a correction takes back exactly what it taught.
 */
export interface PersonalCalibration {
  /** Added to the log-probabilities, each within ±1.5. */
  readonly bias: Readonly<Record<Emotion, number>>;
  /** Within [0.5, 2]; above 1 makes the estimate more doubtful. */
  readonly temperature: number;
  /** Factor of each sense's say, within [0.5, 2]; a sense without an entry has 1. */
  readonly gain: Readonly<Record<string, number>>;
  /** Corrections it was learned from. */
  readonly corrections: number;
}
