import type { ErrorCode } from '../../../core/errors';
import type { Timed, UnitInterval } from '../../../core/units';
import type { PhysiologyDeviceKind, PhysiologyFrame } from '../frame';
import type { BoardChange, KeptDevice } from './keptDevice';

export type DeviceLink =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  /** The connection was lost; `attempt` counts the tries since, from 1. */
  | { readonly kind: 'reconnecting'; readonly attempt: number }
  /** The user closed it. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

/** What a device tells while it is open. */
export interface DeviceEvents {
  onFrame(frame: Timed<PhysiologyFrame>): void;
  onLink(link: DeviceLink): void;
  onBattery(level: UnitInterval): void;
}

/** One strap, thermometer, board or demo device, whatever it hangs on. Main thread only. */
export interface PhysiologyDevice {
  /** Stable for as long as the device is paired. */
  readonly id: string;
  /** As it calls itself; may be empty. */
  readonly name: string;
  readonly kind: PhysiologyDeviceKind;
  readonly isSimulated: boolean;
  /** What a later visit needs to offer it again; absent of what is no device of the user's. */
  readonly kept?: KeptDevice;
  /** It has to be plugged in, or chosen in the browser's list again, before it can be opened. */
  readonly isAway?: boolean;
  /** Connects and stays connected, over losses too, until `close`. What happens is told by the events, failures as well. */
  open(events: DeviceEvents): void;
  close(): void;
  /** Takes back the permission for this device, where the browser lets a page do so. */
  forget?(): Promise<void>;
  /** Takes the present readings as those of an untouched sensor. @returns false when the device has nothing to calibrate */
  calibrate?(): boolean;
  /** Reads a board differently from the next opening on. */
  adjust?(change: BoardChange): void;
}
