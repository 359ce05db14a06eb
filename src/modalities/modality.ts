import type { Observation } from '../core/emotion';
import type { CancelSignal, Timed } from '../core/units';
import type { Session } from '../ml/session';

export type Capability = 'camera' | 'microphone' | 'bluetooth' | 'serial' | 'keyboard';

/** The pure half: lives in a worker in the app, and in plain Node in tests. */
export interface Estimator<Frame, Id extends string> {
  /** Keeps a window of frames; returns an observation whenever a window completes, otherwise null. */
  push(frame: Timed<Frame>): Promise<Observation<Id> | null>;
  reset(): void;
}

/** The whole contract. A new modality is one folder that default-exports this, plus one line in registry.ts. */
export interface Modality<Frame, Id extends string = string> {
  readonly id: Id;
  readonly needs: readonly Capability[];
  /** Folder names under models/. */
  readonly models: readonly string[];
  /** Main thread only: devices live there. Ends when `signal` aborts; throws AppError('sensor/…'). */
  openSensor(signal: CancelSignal, options?: SensorOptions): AsyncIterable<Timed<Frame>>;
  createEstimator(sessions: readonly Session[]): Estimator<Frame, Id>;
  /** Seeded stand-in for the device: used by tests, the demo mode and the debug panel. */
  simulate(seed: number): Iterable<Timed<Frame>>;
}

export interface SensorOptions {
  readonly deviceId?: string | null;
}

export function defineModality<Frame, const Id extends string>(modality: Modality<Frame, Id>): Modality<Frame, Id> {
  return modality;
}
