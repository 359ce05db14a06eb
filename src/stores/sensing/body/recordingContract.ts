import type { ErrorCode } from '../../../core/errors';
import type { MeasuredCurve, RecordingSummary } from '../../../core/records/keptRecording';
import type { EpochMs, UnitInterval } from '../../../core/units';

/** A part of a recording, from its first reading to its last. */
export interface RecordedPart {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

export type RecordingState =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly name: string; readonly readBytes: number; readonly totalBytes: number }
  | { readonly kind: 'failed'; readonly name: string; readonly code: ErrorCode }
  | OpenedRecording;

export interface OpenedRecording {
  readonly kind: 'open';
  readonly name: string;
  readonly format: string;
  /** False: the files tell times since their start only. */
  readonly isDated: boolean;
  /** Read to where it is damaged. */
  readonly isDamaged: boolean;
  /** Too much for the memory: the rest was left out. */
  readonly isCut: boolean;
  /** Files that were left out. */
  readonly skipped: readonly string[];
  /** Parts without long pauses, newest first; none when it measured too seldom to be played. */
  readonly parts: readonly RecordedPart[];
  /** The part that is shown and played; the whole when there are none. */
  readonly part: RecordedPart;
  readonly summary: RecordingSummary | null;
  /** How far the sense has gone through it; null when it has, or was not asked. */
  readonly judging: UnitInterval | null;
  /** P(stress); null before, and when the sense had nothing to say. */
  readonly stress: MeasuredCurve | null;
  readonly isKept: boolean;
}

export interface Playing {
  readonly position: EpochMs;
  readonly speed: number;
  readonly isPaused: boolean;
}

export const REPLAY_SPEEDS = [1, 8, 60] as const;

/** Recordings of the body: files that are read, summarised, and played into the sense as if they were a device. */
export interface RecordingContract {
  readonly state: RecordingState;
  /** null while nothing is played. */
  readonly playing: Playing | null;
  /** Takes the place of what was open. Never rejects: what fails is in the state. */
  open(files: readonly File[]): Promise<void>;
  choosePart(part: RecordedPart): Promise<void>;
  play(): void;
  pause(): void;
  setSpeed(speed: number): void;
  stop(): void;
  /** Puts the summary into the journal. */
  keep(): Promise<void>;
  close(): void;
}
