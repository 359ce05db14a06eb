/** The part of Web Bluetooth that is used here; TypeScript's DOM library has none of it. */
export interface GattCharacteristic extends EventTarget {
  readonly value?: DataView;
  readonly properties: { readonly read: boolean; readonly notify: boolean; readonly indicate: boolean };
  readValue(): Promise<DataView>;
  writeValueWithResponse(value: BufferSource): Promise<void>;
  startNotifications(): Promise<GattCharacteristic>;
}

export interface GattService {
  getCharacteristic(uuid: number | string): Promise<GattCharacteristic>;
}

export interface GattServer {
  readonly connected: boolean;
  connect(): Promise<GattServer>;
  disconnect(): void;
  getPrimaryService(uuid: number | string): Promise<GattService>;
}

export interface BluetoothPeripheral extends EventTarget {
  readonly id: string;
  readonly name?: string | null;
  readonly gatt?: GattServer;
  /** Chromium behind a flag: tells when the peripheral is near again. */
  watchAdvertisements?(options: { readonly signal: AbortSignal }): Promise<void>;
  forget?(): Promise<void>;
}

export interface BluetoothRequest {
  readonly filters: readonly { readonly services?: readonly (number | string)[]; readonly name?: string }[];
  readonly optionalServices?: readonly (number | string)[];
}

export interface BluetoothAccess {
  getAvailability(): Promise<boolean>;
  /** Needs a click. */
  requestDevice(request: BluetoothRequest): Promise<BluetoothPeripheral>;
  /** Those that were chosen on an earlier visit; Chromium has it behind a flag. */
  getDevices?(): Promise<readonly BluetoothPeripheral[]>;
}

export const SERVICES = {
  heartRate: 0x180d,
  thermometer: 0x1809,
  battery: 0x180f,
  polar: 'fb005c80-02e7-f387-1cad-8acd2d8df0c8',
} as const;

export const CHARACTERISTICS = {
  heartRate: 0x2a37,
  sensorLocation: 0x2a38,
  temperature: 0x2a1c,
  batteryLevel: 0x2a19,
  polarControl: 'fb005c81-02e7-f387-1cad-8acd2d8df0c8',
  polarData: 'fb005c82-02e7-f387-1cad-8acd2d8df0c8',
} as const;
