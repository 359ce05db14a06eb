import { AppError } from '../../../core/errors';
import type { EpochMs } from '../../../core/units';
import type { PhysiologyDevice } from '../devices/device';
import type { KeptDevice } from '../devices/keptDevice';
import { serialAccess, type SerialAccess, type SerialPortLike } from './serialAccess';
import { createSerialDevice, usbOf } from './serialDevice';

interface Surroundings {
  readonly now: () => EpochMs;
  /** Boards have no name of their own that a page may read. */
  readonly newId: () => string;
}

const isLike = (port: SerialPortLike, kept: KeptDevice): boolean => {
  const [usb, known] = [usbOf(port), kept.board?.usb ?? null];
  return usb?.vendorId === known?.vendorId && usb?.productId === known?.productId;
};

function likeOnly(kept: KeptDevice | undefined): Parameters<SerialAccess['requestPort']>[0] {
  const vendor = kept?.board?.usb?.vendorId;
  return vendor === undefined ? undefined : { filters: [{ usbVendorId: vendor }] };
}

/** null when the user chose nothing; anything else is an error. */
function nobodysChoice(error: unknown): null {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError') return null;
  const isRefused = name === 'SecurityError' || name === 'NotAllowedError';
  throw new AppError(isRefused ? 'sensor/permission-denied' : 'sensor/unsupported', 'no serial port', { cause: error });
}

/** The boards of this page. A port is always the same device, however often it is chosen: two readers of one port disturb each other. */
export class SerialBoards {
  readonly #devices = new WeakMap<SerialPortLike, PhysiologyDevice>();

  constructor(private readonly surroundings: Surroundings) {}

  /**
   * Opens the browser's picker; call it in a click.
   * @param kept list boards of this make only, and read the chosen one as this was read
   * @returns null when the user chose nothing
   * @throws AppError 'sensor/permission-denied' | 'sensor/unsupported'
   */
  async request(kept?: KeptDevice): Promise<PhysiologyDevice | null> {
    const access = serialAccess();
    if (!access) throw new AppError('sensor/unsupported', 'navigator.serial is missing');
    try {
      return this.#deviceOf(await access.requestPort(likeOnly(kept)), kept);
    } catch (error) {
      return nobodysChoice(error);
    }
  }

  /** A board that was allowed on an earlier visit, is plugged in and is not yet taken; a browser tells its make, not which one it is. */
  async recall(kept: KeptDevice): Promise<PhysiologyDevice | null> {
    const ports = (await serialAccess()?.getPorts()) ?? [];
    const port =
      ports.find((one) => this.#devices.get(one)?.id === kept.id) ?? ports.find((one) => !this.#devices.has(one) && isLike(one, kept));
    return port ? this.#deviceOf(port, kept) : null;
  }

  #deviceOf(port: SerialPortLike, kept?: KeptDevice): PhysiologyDevice {
    const { now, newId } = this.surroundings;
    const known = this.#devices.get(port);
    if (known) return known;
    const device = createSerialDevice(port, { id: kept?.id ?? newId(), now, ...(kept?.board && { board: kept.board }) });
    this.#devices.set(port, device);
    return device;
  }
}
