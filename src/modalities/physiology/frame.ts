import type { BeatsPerMinute, Hertz, Milliseconds } from '../../core/units';

/** What a device is, which decides what its readings are worth when several say the same thing. */
export type PhysiologyDeviceKind = 'heart-strap' | 'thermometer' | 'serial' | 'recording';

/** Evenly sampled readings, oldest first; the last one was taken at the packet's `at`. */
export interface SampledSeries {
  readonly sampleRate: Hertz;
  /** Finite numbers only: whoever reads a device drops or holds what it could not read. */
  readonly samples: Float32Array;
}

/** Acceleration in units of g (9.81 m/s²), one array per axis, all of the same length. */
export interface AccelerationSeries {
  readonly sampleRate: Hertz;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly z: Float32Array;
}

/**
 * One packet of readings from one device: what it said since its last packet. What it cannot measure or did not send is null
 * (never 0, never an old value). Packets of several devices come mixed, each in its own time order.
 */
export interface PhysiologyFrame {
  /** Stable for as long as the device is paired. */
  readonly deviceId: string;
  readonly kind: PhysiologyDeviceKind;
  /** As the device averages it; 20..260. */
  readonly heartRate: BeatsPerMinute | null;
  /** Times between successive beats, oldest first, as sent: artefacts are not corrected here. The last beat is at the packet's `at`. */
  readonly rrIntervals: readonly Milliseconds[];
  /** Skin contact as the device tells it; null when it does not. */
  readonly hasContact: boolean | null;
  /** Skin conductance, microsiemens, ≥ 0. */
  readonly eda: SampledSeries | null;
  /** Blood volume pulse in the device's own units: only its shape and timing mean something. */
  readonly ppg: SampledSeries | null;
  /** Skin temperature, °C. */
  readonly skinTemperature: number | null;
  readonly acceleration: AccelerationSeries | null;
}
