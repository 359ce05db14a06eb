import { AppError } from '../../../core/errors';
import type { EpochMs } from '../../../core/units';
import type { PhysiologyDevice } from '../devices/device';
import { createBluetoothDevice, type BluetoothDeviceOptions } from './bluetoothDevice';
import { SERVICES, type BluetoothAccess, type BluetoothPeripheral } from './gatt';

export type BluetoothKind = BluetoothDeviceOptions['kind'];

const FILTERS: Readonly<Record<BluetoothKind, number>> = { 'heart-strap': SERVICES.heartRate, thermometer: SERVICES.thermometer };

/** null where the browser has no Web Bluetooth. */
export function bluetoothAccess(): BluetoothAccess | null {
  return (navigator as unknown as { readonly bluetooth?: BluetoothAccess }).bluetooth ?? null;
}

function asSensorError(cause: unknown): AppError {
  const name = cause instanceof Error ? cause.name : '';
  const isRefused = name === 'SecurityError' || name === 'NotAllowedError' || /disabled|permission|polic/i.test(String(cause));
  return new AppError(isRefused ? 'sensor/permission-denied' : 'sensor/unsupported', `no Bluetooth device: ${name}`, { cause });
}

/** The browser says the same when nobody chose and when nothing was there to choose. */
const isNobodysChoice = (error: unknown): boolean =>
  error instanceof DOMException &&
  (error.name === 'NotFoundError' || error.name === 'AbortError') &&
  /cancel|chooser|user/i.test(error.message);

/**
 * Opens the browser's picker; call it in a click.
 * @param name list no other device than the one of this name
 * @returns null when the user chose nothing
 * @throws AppError 'sensor/bluetooth-off' | 'sensor/permission-denied' | 'sensor/unsupported'
 */
export async function requestBluetooth(kind: BluetoothKind, now: () => EpochMs, name = ''): Promise<PhysiologyDevice | null> {
  const access = bluetoothAccess();
  if (!access) throw new AppError('sensor/unsupported', 'navigator.bluetooth is missing');
  if (!(await access.getAvailability())) throw new AppError('sensor/bluetooth-off', 'no adapter, or it is off');
  let peripheral: BluetoothPeripheral;
  try {
    peripheral = await access.requestDevice({
      filters: [{ services: [FILTERS[kind]], ...(name !== '' && { name }) }],
      optionalServices: Object.values(SERVICES).filter((service) => service !== FILTERS[kind]),
    });
  } catch (error) {
    if (isNobodysChoice(error)) return null;
    throw asSensorError(error);
  }
  return createBluetoothDevice(peripheral, { kind, now });
}

/** The device of an earlier visit, where the browser still lets this page open it without asking; null otherwise. */
export async function recallBluetooth(id: string, kind: BluetoothKind, now: () => EpochMs): Promise<PhysiologyDevice | null> {
  // A browser may have the method and refuse it; then the user chooses again.
  const allowed =
    (await bluetoothAccess()
      ?.getDevices?.()
      .catch(() => [])) ?? [];
  const peripheral = allowed.find((one) => one.id === id);
  return peripheral ? createBluetoothDevice(peripheral, { kind, now }) : null;
}
