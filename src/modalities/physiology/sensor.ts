import type { CancelSignal, Timed } from '../../core/units';
import type { SensorOptions } from '../modality';
import type { DeviceHub } from './devices/deviceHub';
import type { PhysiologyFrame } from './frame';

export interface BodySensorOptions extends SensorOptions {
  /** The devices that the user paired, in a click each; they live longer than the sense is on. */
  readonly hub: DeviceHub;
}

/** What the paired devices say, until `signal` aborts. A device that is lost comes back by itself, so nothing is thrown for it. */
export function openSensor(signal: CancelSignal, { hub }: BodySensorOptions): AsyncGenerator<Timed<PhysiologyFrame>, void> {
  return hub.frames(signal);
}
