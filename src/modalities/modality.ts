import type { Observation } from '../core/emotion';
import type { CancelSignal, Milliseconds, Timed } from '../core/units';
import type { Session } from '../ml/session';
import type { FaceGeometry } from './face/frame';

export type Capability = 'camera' | 'microphone' | 'bluetooth' | 'serial' | 'keyboard';

/** The pure half: lives in a worker in the app, and in plain Node in tests. */
export interface Estimator<Frame, Id extends string> {
  /** Keeps a window of frames; returns an observation whenever a window completes, otherwise null. */
  push(frame: Timed<Frame>): Promise<Observation<Id> | null>;
  reset(): void;
}

/** How a worker looks over an estimator's shoulder; a test leaves it out. */
export interface EstimatorOptions {
  /** Any monotonic clock, ms: pure rooms have none of their own. */
  readonly clock?: () => Milliseconds;
  /** Every frame stands alone, as a photo does: worth more work, since no later frame averages its noise out. */
  readonly still?: boolean;
  /** Told how long each stage of the last push took. */
  readonly onStage?: (stage: string, took: Milliseconds) => void;
}

/** A still picture, RGBA row by row, `data` of length 4 * width * height. */
export interface StillImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Worker only: turns what the device gives into what the estimator takes, e.g. by finding the face in a video frame. */
export interface FrontEnd<Raw, Frame> {
  /** Takes ownership of `raw` and frees it. */
  read(raw: Timed<Raw>): Promise<Timed<Frame>>;
  /** @param cropped the picture already is a tight crop of one face */
  readImage(image: StillImage, cropped: boolean): Promise<Frame>;
  close(): void;
}

export interface FrontEndOptions {
  /** Absolute URL of the folder with `index.json` and third-party files; ends in '/'. */
  readonly vendorUrl: string;
  readonly signal: CancelSignal;
}

export interface SensorOptions<Device = unknown> {
  readonly deviceId?: string | null;
  /** Called once the device is open, with what a preview needs (of a camera: its MediaStream). */
  readonly onOpen?: (device: Device) => void;
  /** How long the latest frames took in the estimator, or null before the first: a sensor slows down when it runs ahead. */
  readonly busyMs?: () => Milliseconds | null;
}

/** The whole contract. A new modality is one folder that default-exports this, plus one line in registry.ts. */
export interface Modality<Raw, Frame, Id extends string = string, Device = unknown> {
  readonly id: Id;
  readonly needs: readonly Capability[];
  /** Folder names under models/. */
  readonly models: readonly string[];
  /** Third-party files below the vendor folder that switching on loads; of an inner list the first that the build has. */
  readonly vendorFiles: readonly (string | readonly string[])[];
  /** Main thread only: devices live there. Ends when `signal` aborts; throws AppError('sensor/…'). */
  openSensor(signal: CancelSignal, options?: SensorOptions<Device>): AsyncIterable<Timed<Raw>>;
  openFrontEnd(options: FrontEndOptions): Promise<FrontEnd<Raw, Frame>>;
  createEstimator(sessions: readonly Session[], options?: EstimatorOptions): Estimator<Frame, Id>;
  /** What a preview may draw over the device's own picture. */
  geometryOf?(frame: Frame): FaceGeometry;
  /** Seeded stand-in for device and front end: used by tests, the demo mode and the debug panel. */
  simulate(seed: number): Iterable<Timed<Frame>>;
}

export function defineModality<Raw, Frame, const Id extends string, Device = unknown>(
  modality: Modality<Raw, Frame, Id, Device>,
): Modality<Raw, Frame, Id, Device> {
  return modality;
}
