import { AppError, codeOf, type ErrorCode } from '../../../core/errors';
import type { EpochMs, Milliseconds } from '../../../core/units';
import { backOff, waitFor } from '../devices/backOff';
import type { DeviceEvents, PhysiologyDevice } from '../devices/device';
import { BAUD_RATES, isSensorText } from './baudRate';
import type { PlainMeaning } from './interpretLine';
import { listenTo, readPort } from './readPort';
import { serialAccess, type SerialPortLike } from './serialAccess';
import { SerialReader } from './serialReader';
import type { GroveCalibration } from './skinConductance';

export interface SerialDeviceOptions {
  readonly id: string;
  readonly now: () => EpochMs;
  /** null: found out by listening. */
  readonly baudRate: number | null;
  readonly plain: PlainMeaning;
  readonly calibration?: GroveCalibration;
}

/** Silence that lets a packet out which no further line pushes. */
const FLUSH_MS: Milliseconds = 100;
const isPulledOut = (error: unknown): boolean => error instanceof DOMException && error.name === 'NetworkError';

/** An Arduino or the like on a serial port. */
class SerialDevice implements PhysiologyDevice {
  readonly kind = 'serial';
  readonly isSimulated = false;
  #life: AbortController | null = null;
  #reader: SerialReader | null = null;
  #calibration: GroveCalibration | undefined;
  #baudRate: number | null;
  /** The browser lets go of a port only after its stream has ended; the next opening waits for that. */
  #closing: Promise<void> = Promise.resolve();

  constructor(
    private readonly port: SerialPortLike,
    private readonly options: SerialDeviceOptions,
  ) {
    this.#calibration = options.calibration;
    this.#baudRate = options.baudRate;
  }

  get id(): string {
    return this.options.id;
  }

  get name(): string {
    return '';
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
    if (calibration) this.#calibration = calibration;
    return calibration !== null;
  }

  async #live(events: DeviceEvents, signal: AbortSignal): Promise<void> {
    events.onLink({ kind: 'connecting' });
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        this.#baudRate ??= await findBaudRate(this.port, signal);
        if (signal.aborted) return;
        await this.#read(this.#baudRate, events, signal, () => (attempt = 0));
        if (!signal.aborted) throw new AppError('sensor/disconnected', 'the stream ended');
      } catch (error) {
        if (!isPulledOut(error) || signal.aborted) throw error;
        events.onLink({ kind: 'reconnecting', attempt: Math.max(1, attempt) });
        await waitFor(backOff(Math.max(1, attempt)), signal, pluggedIn(this.port, signal));
      }
    }
  }

  async #read(baudRate: number, events: DeviceEvents, signal: AbortSignal, onText: () => void): Promise<void> {
    const { id: deviceId, plain, now } = this.options;
    const reader = new SerialReader({ deviceId, plain, ...(this.#calibration && { calibration: this.#calibration }) });
    this.#reader = reader;
    let idle: ReturnType<typeof setTimeout> | undefined;
    let isTold = false;
    const give = (frame: ReturnType<SerialReader['flush']>) => frame && !signal.aborted && events.onFrame(frame);
    try {
      for await (const text of readPort(this.port, baudRate, signal)) {
        onText();
        if (!isTold) events.onLink({ kind: 'connected' });
        isTold = true;
        clearTimeout(idle);
        give(reader.push(text, now()));
        idle = setTimeout(() => give(reader.flush(now())), FLUSH_MS);
      }
    } finally {
      clearTimeout(idle);
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
async function findBaudRate(port: SerialPortLike, signal: AbortSignal): Promise<number> {
  for (const rate of BAUD_RATES) {
    if (signal.aborted) return rate;
    if (isSensorText(await listenTo(port, rate, signal))) return rate;
  }
  throw new AppError('sensor/no-readings', 'no usual baud rate gives lines that can be read');
}

export function createSerialDevice(port: SerialPortLike, options: SerialDeviceOptions): PhysiologyDevice {
  return new SerialDevice(port, options);
}

/**
 * Opens the browser's picker; call it in a click.
 * @returns null when the user chose nothing
 */
export async function requestSerial(options: SerialDeviceOptions): Promise<PhysiologyDevice | null> {
  const access = serialAccess();
  if (!access) throw new AppError('sensor/unsupported', 'navigator.serial is missing');
  try {
    return createSerialDevice(await access.requestPort(), options);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return null;
    const isRefused = error instanceof DOMException && (error.name === 'SecurityError' || error.name === 'NotAllowedError');
    throw new AppError(isRefused ? 'sensor/permission-denied' : 'sensor/unsupported', 'no serial port', { cause: error });
  }
}
