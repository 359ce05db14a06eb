import { AppError, codeOf } from '../../../core/errors';
import type { EpochMs } from '../../../core/units';
import { backOff, waitFor } from '../devices/backOff';
import type { DeviceEvents, PhysiologyDevice } from '../devices/device';
import type { KeptDevice } from '../devices/keptDevice';
import type { PhysiologyDeviceKind } from '../frame';
import type { BluetoothPeripheral, GattServer } from './gatt';
import { subscribe } from './subscribe';

export interface BluetoothDeviceOptions {
  readonly kind: Extract<PhysiologyDeviceKind, 'heart-strap' | 'thermometer'>;
  readonly now: () => EpochMs;
}

/** Failures of the radio, which another try may mend; any other exception is a bug. */
const isRadioTrouble = (error: unknown): boolean =>
  error instanceof DOMException &&
  ['NetworkError', 'InvalidStateError', 'NotFoundError', 'NotSupportedError', 'AbortError'].includes(error.name);

/** A Bluetooth Low Energy sensor: connects, subscribes, and comes back by itself when the connection is lost. */
class BluetoothDevice implements PhysiologyDevice {
  readonly isSimulated = false;
  #life: AbortController | null = null;
  #wasHeard = false;

  constructor(
    private readonly peripheral: BluetoothPeripheral,
    private readonly options: BluetoothDeviceOptions,
  ) {}

  get id(): string {
    return this.peripheral.id;
  }

  get name(): string {
    return this.peripheral.name ?? '';
  }

  get kind(): BluetoothDeviceOptions['kind'] {
    return this.options.kind;
  }

  get kept(): KeptDevice {
    const { id, name, kind } = this;
    return { id, name, kind, board: null };
  }

  open(events: DeviceEvents): void {
    this.close();
    const life = new AbortController();
    this.#life = life;
    this.#live(events, life.signal).catch((error: unknown) => {
      if (!life.signal.aborted) events.onLink({ kind: 'failed', code: codeOf(error) });
    });
  }

  close(): void {
    this.#life?.abort();
    this.#life = null;
    this.peripheral.gatt?.disconnect();
  }

  async forget(): Promise<void> {
    this.close();
    await this.peripheral.forget?.();
  }

  async #live(events: DeviceEvents, signal: AbortSignal): Promise<void> {
    const { gatt } = this.peripheral;
    if (!gatt) throw new AppError('sensor/unsupported', 'the device offers no GATT server');
    for (let attempt = 0; !signal.aborted; attempt++) {
      events.onLink(attempt === 0 ? { kind: 'connecting' } : { kind: 'reconnecting', attempt });
      if (attempt > 0) await this.#waitForReturn(attempt, signal);
      if (signal.aborted) return;
      try {
        // From before the connection on: it may be lost while services are still looked up.
        const connection = this.#connection(signal);
        await this.#connect(gatt, events, connection);
        attempt = 0;
        events.onLink({ kind: 'connected' });
        await ended(connection);
      } catch (error) {
        if (!isRadioTrouble(error)) throw error;
      }
    }
  }

  /** Aborts when the connection is lost or closed. */
  #connection(life: AbortSignal): AbortSignal {
    const connection = new AbortController();
    const end = () => connection.abort();
    this.peripheral.addEventListener('gattserverdisconnected', end, { signal: connection.signal });
    life.addEventListener('abort', end, { signal: connection.signal });
    return connection.signal;
  }

  async #connect(gatt: GattServer, events: DeviceEvents, signal: AbortSignal): Promise<void> {
    const { id: deviceId, kind, options } = this;
    const server = await gatt.connect();
    const found = await subscribe(server, {
      signal,
      // A closed device may still deliver what was on its way.
      onReadings: (readings) => signal.aborted || events.onFrame({ at: options.now(), value: { ...readings, deviceId, kind } }),
      onBattery: (level) => signal.aborted || events.onBattery(level),
    });
    if (found > 0) this.#wasHeard = true;
    // A device that was heard before lacks its services only while the connection is being lost again.
    else if (this.#wasHeard) throw new DOMException('the services are gone', 'NetworkError');
    else throw new AppError('sensor/no-readings', 'neither heart rate nor thermometer service');
  }

  /** Waits out the back-off, or less when the device shows itself. */
  #waitForReturn(attempt: number, signal: AbortSignal): Promise<void> {
    const { peripheral } = this;
    if (!peripheral.watchAdvertisements) return waitFor(backOff(attempt), signal);
    const watching = new AbortController();
    const seen = new Promise<void>((resolve) => {
      peripheral.addEventListener('advertisementreceived', () => resolve(), { once: true, signal: watching.signal });
    });
    // Not every browser that has the method lets a page use it; the back-off alone does as well.
    peripheral.watchAdvertisements({ signal: watching.signal }).catch(() => undefined);
    return waitFor(backOff(attempt), signal, seen).finally(() => watching.abort());
  }
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve());
  });
}

export function createBluetoothDevice(peripheral: BluetoothPeripheral, options: BluetoothDeviceOptions): PhysiologyDevice {
  return new BluetoothDevice(peripheral, options);
}
