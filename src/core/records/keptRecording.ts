import type { EpochMs, Milliseconds } from '../units';

/** One quantity over a stretch of time, in equal steps: what a drawing, a table and the journal need. */
export interface MeasuredCurve {
  readonly from: EpochMs;
  readonly step: Milliseconds;
  /** Mean of each step; null where nothing was measured. */
  readonly values: readonly (number | null)[];
  /** Of everything that was measured, not of the steps. */
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

/** What a stretch of a recording measured: small, and without any raw signal. */
export interface RecordingSummary {
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** bpm */
  readonly heartRate: MeasuredCurve | null;
  /** ms: RMSSD of pieces of a minute or more. */
  readonly rmssd: MeasuredCurve | null;
  readonly microsiemens: MeasuredCurve | null;
  /** °C */
  readonly skinTemperature: MeasuredCurve | null;
}

/** A recording that the user wanted in the journal. */
export interface KeptRecording {
  readonly keptAt: EpochMs;
  readonly name: string;
  readonly format: string;
  /** False: the file tells times since its start only, and `from` is 0. */
  readonly isDated: boolean;
  readonly summary: RecordingSummary;
  /** P(stress) against the recording's own first two minutes; null when the sense had nothing to say. */
  readonly stress: MeasuredCurve | null;
}
