import type { UnitInterval } from '../../../core/units';
import { NO_READINGS, type Readings } from '../readings';
import { decodeBatteryLevel } from './deviceFacts';
import { CHARACTERISTICS, SERVICES, type GattCharacteristic, type GattServer } from './gatt';
import { decodePolarMeasurement } from './polarMeasurement';
import { readHeartRate, readTemperature } from './readNotification';

export interface Subscription {
  /** Ends with the connection: a browser may hand out the same characteristic at the next one. */
  readonly signal: AbortSignal;
  readonly onReadings: (readings: Readings) => void;
  readonly onBattery: (level: UnitInterval) => void;
}

/** Acceleration at 25 Hz, 16 bit, ±8 g; by Polar's published protocol, not tried on every model. */
const ACCELERATION_RATE = 25;
const START_ACCELERATION = Uint8Array.of(0x02, 0x02, 0x00, 0x01, ACCELERATION_RATE, 0x00, 0x01, 0x01, 0x10, 0x00, 0x02, 0x01, 0x08, 0x00);

/** null when the device has no such service or characteristic: most have only some. */
async function find(server: GattServer, service: number | string, characteristic: number | string): Promise<GattCharacteristic | null> {
  try {
    return await (await server.getPrimaryService(service)).getCharacteristic(characteristic);
  } catch (error) {
    // SecurityError: a service that this page did not ask for when the device was chosen.
    if (error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'SecurityError')) return null;
    throw error;
  }
}

async function follow(characteristic: GattCharacteristic, signal: AbortSignal, read: (bytes: DataView) => void): Promise<void> {
  const onChange = () => {
    if (characteristic.value) read(characteristic.value);
  };
  characteristic.addEventListener('characteristicvaluechanged', onChange, { signal });
  await characteristic.startNotifications();
}

async function followBattery(server: GattServer, { signal, onBattery }: Subscription): Promise<void> {
  const battery = await find(server, SERVICES.battery, CHARACTERISTICS.batteryLevel);
  if (!battery) return;
  const read = (bytes: DataView) => {
    const level = decodeBatteryLevel(bytes);
    if (level !== null) onBattery(level);
  };
  if (battery.properties.read) read(await battery.readValue());
  if (battery.properties.notify) await follow(battery, signal, read);
}

/** Straps of this maker also know how much their wearer moves. */
async function followPolar(server: GattServer, { signal, onReadings }: Subscription): Promise<void> {
  const measured = await find(server, SERVICES.polar, CHARACTERISTICS.polarData);
  const control = measured && (await find(server, SERVICES.polar, CHARACTERISTICS.polarControl));
  if (!measured || !control) return;
  await follow(measured, signal, (bytes) => {
    const packet = decodePolarMeasurement(bytes);
    if (packet?.kind !== 'acceleration') return;
    onReadings({ ...NO_READINGS, acceleration: { sampleRate: ACCELERATION_RATE, x: packet.x, y: packet.y, z: packet.z } });
  });
  await control.startNotifications();
  await control.writeValueWithResponse(START_ACCELERATION);
}

/** Extras must not keep the heart from being read. */
async function tolerate(extra: Promise<void>): Promise<void> {
  try {
    await extra;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/**
 * Follows every known characteristic of a connected device. Packets that cannot be decoded are left out.
 * @returns how many of those that measure were found
 */
export async function subscribe(server: GattServer, subscription: Subscription): Promise<number> {
  const { signal, onReadings } = subscription;
  let found = 0;
  for (const [service, characteristic, read] of [
    [SERVICES.heartRate, CHARACTERISTICS.heartRate, readHeartRate],
    [SERVICES.thermometer, CHARACTERISTICS.temperature, readTemperature],
  ] as const) {
    const measured = await find(server, service, characteristic);
    if (!measured) continue;
    found++;
    await follow(measured, signal, (bytes) => {
      const readings = read(bytes);
      if (readings) onReadings(readings);
    });
  }
  await tolerate(followBattery(server, subscription));
  await tolerate(followPolar(server, subscription));
  return found;
}
