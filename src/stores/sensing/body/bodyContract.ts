import type { ErrorCode } from '../../../core/errors';
import type { EpochMs, Milliseconds, UnitInterval } from '../../../core/units';
import type { BaselineState } from '../../../modalities/modality';
import type { BoardChange, BoardSettings } from '../../../modalities/physiology/devices/keptDevice';
import type { PhysiologyDeviceKind } from '../../../modalities/physiology/frame';
import type { SimulatedDevice } from '../../../modalities/physiology/simulate';
import type { RecordingContract } from './recordingContract';

/** What a page can ask the browser to pair. */
export type PairedKind = Exclude<PhysiologyDeviceKind, 'recording'>;
export { BAUD_RATES as USUAL_BAUD_RATES } from '../../../modalities/physiology/serial/baudRate';
export type DemoDeviceId = SimulatedDevice;

/** A device of the body as its card shows it. */
export interface BodyDevice {
  readonly id: string;
  /** As it calls itself, may be empty; of a demo device its `DemoDeviceId`. */
  readonly name: string;
  readonly kind: PhysiologyDeviceKind;
  readonly isSimulated: boolean;
  readonly link: 'connecting' | 'connected' | 'reconnecting' | 'closed' | 'failed';
  readonly failure: ErrorCode | null;
  readonly battery: UnitInterval | null;
  /** Whether it touches the skin; null when it cannot tell. */
  readonly hasContact: boolean | null;
  /** When it last said something in this connection. */
  readonly lastAt: EpochMs | null;
  readonly canCalibrate: boolean;
  /** Paired on an earlier visit and not within reach: connecting opens the browser's picker. */
  readonly isAway: boolean;
  /** How its lines are read; null where there are none. */
  readonly board: BoardSettings | null;
}

/** The latest values; null where no device measures it or where it is older than three of its device's periods. */
export interface BodyReadings {
  /** The moment that the values are of: now, or that of the recording that is played. */
  readonly at: EpochMs;
  /** bpm */
  readonly heartRate: number | null;
  /** ms, over the last minute */
  readonly rmssd: Milliseconds | null;
  readonly microsiemens: number | null;
  /** °C */
  readonly skinTemperature: number | null;
}

/** Points of the last minutes, for drawing; read them whenever `readings` changes. */
export interface BodyTrace {
  readonly lastAt: EpochMs | null;
  each(from: EpochMs, see: (at: EpochMs, value: number) => void): void;
}
export type BodyTraces = Readonly<Record<'heartRate' | 'pulse' | 'rmssd' | 'microsiemens', BodyTrace>>;

export interface BodyContract {
  readonly devices: readonly BodyDevice[];
  readonly readings: BodyReadings;
  readonly traces: BodyTraces;
  /** How far the personal baseline is, without which a heart rate says nothing about arousal. */
  readonly baseline: BaselineState;
  /** Why the last attempt to choose a device failed. */
  readonly failure: ErrorCode | null;
  readonly canBluetooth: boolean;
  readonly canSerial: boolean;
  /** What is read is nobody's present: a simulated device, or a recording. */
  readonly isSimulated: boolean;
  /** Of these the recording. */
  readonly isRecorded: boolean;
  readonly recording: RecordingContract;
  /** Opens the browser's picker: call it in a click. False when nothing was chosen. */
  connect(kind: PairedKind): Promise<boolean>;
  addDemo(id: DemoDeviceId): Promise<void>;
  /** Of a device that is away it opens the browser's picker: call it in a click. */
  reconnect(id: string): Promise<void>;
  /** Reads a board differently, from now on. */
  adjust(id: string, change: BoardChange): void;
  disconnect(id: string): void;
  forget(id: string): Promise<void>;
  /** Takes the present reading as that of open electrodes. */
  calibrate(id: string): void;
  /** Opens again what is paired and within reach; false when nothing is. */
  wake(): boolean;
  startBaseline(): Promise<void>;
}
