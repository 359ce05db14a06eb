import type { Observation } from '../core/emotion';
import type { CancelSignal, EpochMs, Milliseconds, Timed, UnitInterval } from '../core/units';
import type { TextReading } from '../core/records/writtenEntry';
import type { Session } from '../ml/session';
import type { FaceGeometry } from './face/frame';
import type { VoiceReading } from './voice/frame';

export type Capability = 'camera' | 'microphone' | 'bluetooth' | 'serial' | 'keyboard';

/** The pure half: lives in a worker in the app, and in plain Node in tests. */
export interface Estimator<Frame, Id extends string> {
  /** Keeps a window of frames; returns an observation whenever a window completes, otherwise null. */
  push(frame: Timed<Frame>): Promise<Observation<Id> | null>;
  reset(): void;
  /** Present when readings mean something only beside this person's own rest. */
  readonly baseline?: PersonalBaseline;
  /** Present when the screen shows what the last push measured, whether or not it gave an observation; null before the first. */
  readonly reading?: VoiceReading | null;
  /** Present where texts can be read one by one, outside of any window: an entry to be shown, the lines of a song. @returns one each */
  readTexts?(texts: readonly string[]): Promise<readonly TextReading[]>;
}

/** How far an estimator knows its person's rest. */
export type BaselineState =
  | { readonly kind: 'none' }
  /** `progress` reaches 1 when enough clean signal was seen. */
  | { readonly kind: 'recording'; readonly progress: UnitInterval }
  | { readonly kind: 'ready'; readonly since: EpochMs };

/** What an estimator learns about one person. It lives in the worker; the page starts it, shows it and keeps it. */
export interface PersonalBaseline {
  readonly state: BaselineState;
  /** From now on the person rests: the next minutes are their baseline. Replaces an earlier one once it is complete. */
  start(): void;
  /** Plain data to keep on the device; null while there is nothing to keep. */
  save(): unknown;
  /** Takes up what `save` gave on an earlier visit; anything else is ignored. */
  restore(saved: unknown): void;
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
  /** A still picture instead of a live frame, where that means something. @param cropped it already is a tight crop of one face */
  readImage?(image: StillImage, cropped: boolean): Promise<Frame>;
  close(): void;
}

export interface FrontEndOptions {
  /** Absolute URL of the folder with `index.json` and third-party files; ends in '/'. */
  readonly vendorUrl: string;
  readonly signal: CancelSignal;
}

export interface SensorOptions<Device = never> {
  /** Called once the device is open, with what a preview needs (of a camera: its MediaStream). */
  readonly onOpen?: (device: Device) => void;
  /** How long the latest frames took in the estimator, or null before the first: a sensor slows down when it runs ahead. */
  readonly busyMs?: () => Milliseconds | null;
}

/**
 * 'latest': a frame that waits is replaced by a newer one, as pictures are. 'every': none may be lost, each holds what was
 * measured since the one before. 'recent': each follows the one before, as sound does, but after seconds of waiting they are no news.
 */
export type Delivery = 'latest' | 'every' | 'recent';

/**
 * The whole contract. A new modality is one folder that default-exports this, plus one line in registry.ts.
 * @typeParam Options what its sensor must be told, e.g. which camera, or which devices the user has paired
 */
export interface Modality<Raw, Frame, Id extends string = string, Options extends SensorOptions = SensorOptions> {
  readonly id: Id;
  readonly needs: readonly Capability[];
  readonly delivery: Delivery;
  /** Folder names under models/. */
  readonly models: readonly string[];
  /** Third-party files below the vendor folder that switching on loads; of an inner list the first that the build has. */
  readonly vendorFiles: readonly (string | readonly string[])[];
  /** Main thread only: devices live there. Ends when `signal` aborts; throws AppError('sensor/…'). */
  openSensor(signal: CancelSignal, options: Options): AsyncIterable<Timed<Raw>>;
  /** Absent when the sensor already gives what the estimator takes. */
  openFrontEnd?(options: FrontEndOptions): Promise<FrontEnd<Raw, Frame>>;
  createEstimator(sessions: readonly Session[], options?: EstimatorOptions): Estimator<Frame, Id>;
  /** What a preview may draw over the device's own picture. */
  geometryOf?(frame: Frame): FaceGeometry;
  /** Seeded stand-in for device and front end: used by tests, the demo mode and the debug panel. */
  simulate(seed: number): Iterable<Timed<Frame>>;
}

export function defineModality<Raw, Frame, const Id extends string, Options extends SensorOptions = SensorOptions>(
  modality: Modality<Raw, Frame, Id, Options>,
): Modality<Raw, Frame, Id, Options> {
  return modality;
}
