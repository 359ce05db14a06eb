import type { FusedState, FusionKind, PersonalCalibration } from '../../../core/fusion';

/** How the senses become one estimate, and what the lab may change about it. */
export interface FusionContract {
  /** The newest act of fusion with all its parts; its `estimate` is `emotion.latest`. null when nothing was said yet. */
  readonly state: FusedState | null;
  /** The kind asked for; `state.kind` is the one that ran. */
  readonly kind: FusionKind;
  /** Whether the network is there: without it every kind is the late one. */
  readonly network: 'loading' | 'ready' | 'missing';
  /** The lab's ablation switches: these sources are heard and have no weight. */
  readonly leftOut: ReadonlySet<string>;
  /** What corrections taught; null before the first one. */
  readonly calibration: PersonalCalibration | null;
  setKind(kind: FusionKind): void;
  setLeftOut(source: string, isOut: boolean): void;
  /** Takes back everything that corrections taught; the corrections themselves stay in the log. */
  forgetCalibration(): void;
}
