import type { EpochMs, Hertz } from '../../../core/units';
import type { PointSeries } from './pointSeries';

export type RecordingFormat = 'apple-health' | 'fitbit' | 'table' | 'fit' | 'tcx' | 'empatica';

/** Evenly sampled readings as a device wrote them: one piece of a pulse wave or of one axis of acceleration. */
export interface EvenSeries {
  readonly startAt: EpochMs;
  readonly sampleRate: Hertz;
  readonly samples: Float32Array;
}

/** What a person's device wrote down earlier, all formats alike. Point series are in time order. */
export interface Recording {
  readonly format: RecordingFormat;
  /** bpm */
  readonly heartRate: PointSeries;
  /** ms between two beats, at the later one. */
  readonly rr: PointSeries;
  /** Microsiemens. */
  readonly eda: PointSeries;
  /** °C */
  readonly skinTemperature: PointSeries;
  readonly ppg: readonly EvenSeries[];
  /** Units of g, axis by axis. */
  readonly acceleration: readonly (readonly [x: EvenSeries, y: EvenSeries, z: EvenSeries])[];
  /** False when the files tell times since their start only: then time begins at 0. */
  readonly isDated: boolean;
  /** What was read ends early or has holes: a file is damaged or cut off. */
  readonly isDamaged: boolean;
  /** There was more than memory should hold; the rest was left out. */
  readonly isCut: boolean;
}

/** The part of a browser's File that is needed. */
export interface RecordingFile {
  readonly name: string;
  readonly size: number;
  stream(): ReadableStream<Uint8Array>;
}
