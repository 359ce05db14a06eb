import { AppError, codeOf, type ErrorCode } from '../../../core/errors';
import type { EpochMs } from '../../../core/units';
import { backOff, waitFor } from '../devices/backOff';
import type { DeviceEvents, PhysiologyDevice } from '../devices/device';
import { NEW_BOARD, type BoardChange, type BoardSettings, type KeptDevice } from '../devices/keptDevice';
import { BAUD_RATES, type BaudRate } from './baudRate';
import { listenTo, readPort } from './readPort';
import { serialAccess, type SerialPortLike } from './serialAccess';
import { isSensorText } from './sensorText';
import { SerialReader } from './serialReader';

export interface SerialDeviceOptions {
  readonly id: string;
  readonly now: () => EpochMs;
  readonly board?: BoardSettings;
}

const isPulledOut = (error: unknown): boolean => error instanceof DOMException && error.name === 'NetworkError';

/** An Arduino or the like on a serial port. */
class SerialDevice implements PhysiologyDevice {
  readonly kind = 'serial';
  readonly isSimulated = false;
  #life: AbortController | null = null;
  #reader: SerialReader | null = null;
  #board: BoardSettings;
  /** The browser lets go of a port only after its stream has ended; the next opening waits for that. */
  #closing: Promise<void> = Promise.resolve();

  constructor(
    private readonly port: SerialPortLike,
    private readonly options: SerialDeviceOptions,
  ) {
    this.#board = { ...(options.board ?? NEW_BOARD), usb: usbOf(port) };
  }

  get id(): string {
    return this.options.id;
  }

  get name(): string {
    return '';
  }

  get kept(): KeptDevice {
    const { id, name, kind } = this;
    return { id, name, kind, board: this.#board };
  }

  adjust(change: BoardChange): void {
    this.#board = { ...this.#board, ...change };
  }

  open(events: DeviceEvents): void {
    this.close();
    const life = new AbortController();
    this.#life = life;
    const before = this.#closing;
    this.#closing = before
      .then(() => this.#live(events, life.signal))
      .catch((error: unknown) => {
        if (!life.signal.aborted) events.onLink({ kind: 'failed', code: serialCode(error) });
      });
  }

  close(): void {
    this.#life?.abort();
    this.#life = null;
    this.#reader = null;
  }

  async forget(): Promise<void> {
    this.close();
    await this.#closing;
    await this.port.forget?.();
  }

  calibrate(): boolean {
    const calibration = this.#reader?.calibrate() ?? null;
    if (calibration) this.#board = { ...this.#board, calibration };
    return calibration !== null;
  }

  async #live(events: DeviceEvents, signal: AbortSignal): Promise<void> {
    events.onLink({ kind: 'connecting' });
    let rate = this.#board.baudRate;
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        rate ??= await this.#find(signal);
        if (signal.aborted) return;
        await this.#read(rate, events, signal, () => (attempt = 0));
        if (!signal.aborted) throw new AppError('sensor/disconnected', 'the stream ended');
      } catch (error) {
        if (!isPulledOut(error) || signal.aborted) throw error;
        events.onLink({ kind: 'reconnecting', attempt: Math.max(1, attempt) });
        await waitFor(backOff(Math.max(1, attempt)), signal, pluggedIn(this.port, signal));
      }
    }
  }

  async #find(signal: AbortSignal): Promise<BaudRate> {
    const heardRate = await findBaudRate(this.port, signal, this.#board.heardRate);
    if (!signal.aborted) this.#board = { ...this.#board, heardRate };
    return heardRate;
  }

  async #read(baudRate: number, events: DeviceEvents, signal: AbortSignal, onText: () => void): Promise<void> {
    const { id: deviceId, now } = this.options;
    const { plain, calibration } = this.#board;
    const reader = new SerialReader({ deviceId, plain, ...(calibration && { calibration }) });
    this.#reader = reader;
    let isTold = false;
    for await (const text of readPort(this.port, baudRate, signal)) {
      onText();
      if (!isTold) events.onLink({ kind: 'connected' });
      isTold = true;
      const frame = reader.push(text, now());
      if (frame && !signal.aborted) events.onFrame(frame);
    }
  }
}

function serialCode(error: unknown): ErrorCode {
  if (error instanceof DOMException && error.name === 'InvalidStateError') return 'sensor/in-use';
  return codeOf(error);
}

/** Resolves when a port comes back: Chromium tells it on the port itself and on `navigator.serial`. */
function pluggedIn(port: SerialPortLike, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    for (const target of [port, serialAccess()]) target?.addEventListener('connect', () => resolve(), { once: true, signal });
  });
}

/** Tries the usual rates one after the other. @throws AppError 'sensor/no-readings' when none gives text of a sensor */
async function findBaudRate(port: SerialPortLike, signal: AbortSignal, first: BaudRate | null): Promise<BaudRate> {
  for (const rate of new Set([first ?? BAUD_RATES[0], ...BAUD_RATES])) {
    if (signal.aborted) return rate;
    if (isSensorText(await listenTo(port, rate, signal))) return rate;
  }
  throw new AppError('sensor/no-readings', 'no usual baud rate gives lines that can be read');
}

export function usbOf(port: SerialPortLike): BoardSettings['usb'] {
  const { usbVendorId: vendorId, usbProductId: productId } = port.getInfo();
  return vendorId === undefined || productId === undefined ? null : { vendorId, productId };
}

export function createSerialDevice(port: SerialPortLike, options: SerialDeviceOptions): PhysiologyDevice {
  return new SerialDevice(port, options);
}
