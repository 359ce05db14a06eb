import type { FusedState, FusionKind, PersonalCalibration } from '../../../core/fusion';
import type { PersonalGain } from '../../../fusion/personal/replay';

export { FUSION_KINDS } from '../../../core/fusion';
export type { FusedPart, FusedState, FusionKind, PersonalCalibration, SilenceReason } from '../../../core/fusion';
export type { PersonalGain, ReliabilityBin } from '../../../fusion/personal/replay';

/** How the senses become one estimate, and what the lab may change about it. */
export interface FusionContract {
  /** The newest act of fusion with all its parts; null when nothing was said yet. */
  readonly state: FusedState | null;
  /** The kind asked for; `state.kind` is the one that ran. */
  readonly kind: FusionKind;
  /** Whether the network is there: without it every kind is the late one. */
  readonly network: 'loading' | 'ready' | 'missing';
  /** The lab's ablation switches: these sources are heard and have no weight. Ends with the visit. */
  readonly leftOut: ReadonlySet<string>;
  /** Whether corrections teach anything. */
  readonly isLearning: boolean;
  /** What corrections taught; null before the first one, and while learning is off. */
  readonly calibration: PersonalCalibration | null;
  /** What it was worth so far, measured on the user's own words; null before the first one. */
  readonly gain: PersonalGain | null;
  setKind(kind: FusionKind): void;
  setLeftOut(source: string, isOut: boolean): void;
  setLearning(isOn: boolean): void;
  /** Takes back everything that corrections taught; the corrections themselves stay in the log. */
  forgetCalibration(): void;
}
