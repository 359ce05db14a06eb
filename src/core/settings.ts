import type { FusionKind } from './fusion';
import type { StrategyId } from './music';
import type { ContextPart } from './records/situation';
import type { EpochMs, Seconds, UnitInterval } from './units';

export interface Settings {
  /** When the first-run notice was accepted; nothing may sense before. */
  readonly consentAt: EpochMs | null;
  readonly theme: 'system' | 'dark' | 'light';
  readonly language: 'en';
  readonly strategy: StrategyId;
  readonly cameraId: string | null;
  readonly microphoneId: string | null;
  /** Take noise out of the microphone before anything else hears it. */
  readonly noiseSuppression: boolean;
  /** What the body sense learnt about this person's rest, as JSON of its own. */
  readonly bodyBaseline: string | null;
  /** The devices of the body that the user paired and how each is read, as JSON of the sense's own. */
  readonly bodyDevices: string | null;
  /** What the voice sense learnt about this person's voice, as JSON of its own; no sound. */
  readonly voiceProfile: string | null;
  /** How the senses become one estimate; null: the measured best. */
  readonly fusionKind: FusionKind | null;
  /** Whether the user's word on how they feel teaches the fusion. */
  readonly learnCorrections: boolean;
  /** Words before it teach nothing any more; null: all do. */
  readonly calibrationSince: EpochMs | null;
  /** What the context sense may use. */
  readonly contextParts: readonly ContextPart[];
  readonly volume: UnitInterval;
  /** Hard upper bound on the volume, a hearing safety. */
  readonly volumeLimit: UnitInterval;
  readonly levelling: boolean;
  readonly crossfade: Seconds;
  /** Copy imported audio into the origin private file system, where handles are not offered or not wanted. */
  readonly copyFiles: boolean;
  /** Letters, digits and signs work as keys of their own; modified keys, arrows and Escape always do. */
  readonly singleKeys: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  consentAt: null,
  theme: 'system',
  language: 'en',
  strategy: 'match',
  cameraId: null,
  microphoneId: null,
  noiseSuppression: false,
  bodyBaseline: null,
  bodyDevices: null,
  voiceProfile: null,
  fusionKind: null,
  learnCorrections: true,
  calibrationSince: null,
  contextParts: ['time', 'typing', 'faces', 'habit'],
  volume: 0.8,
  volumeLimit: 1,
  levelling: true,
  crossfade: 0,
  copyFiles: false,
  singleKeys: true,
};
