import type { CDPSession, Page } from '@playwright/test';

const LE_SUCCESS = 0;

export interface EmulatedStrap {
  readonly address: string;
  readonly name: string;
}

interface Connected {
  /** Ids that the browser gave to what was added. */
  readonly heartRate: string;
}

/**
 * Bluetooth of a browser that has none: peripherals by the DevTools protocol, as real as a page can tell. Nothing of the protocol
 * pushes a notification, so the page's own characteristic objects are asked to read instead, which fires the same event.
 */
export class EmulatedBluetooth {
  readonly #connected = new Map<string, Connected>();
  /** Addresses that answer a connection; others are out of range. */
  readonly #inRange = new Set<string>();
  /** The measurement that is on its way. */
  #sending: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly root: CDPSession,
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async start(page: Page, state: 'powered-on' | 'absent' = 'powered-on'): Promise<EmulatedBluetooth> {
    const browser = page.context().browser();
    if (!browser) throw new Error('no browser behind the page');
    const root = await browser.newBrowserCDPSession();
    const session = await page.context().newCDPSession(page);
    const emulation = new EmulatedBluetooth(root, page, session);
    await page.addInitScript(rememberCharacteristics);
    await emulation.#send('BluetoothEmulation.enable', { state, leSupported: true });
    root.on(
      'BluetoothEmulation.gattOperationReceived' as never,
      (event: { address: string; type: string }) => void emulation.#onGatt(event),
    );
    root.on(
      'BluetoothEmulation.characteristicOperationReceived' as never,
      (event: { characteristicId: string; type: string }) => void emulation.#onCharacteristic(event),
    );
    return emulation;
  }

  /** A reload ends what was emulated for the page before: the radio begins anew, without a strap. */
  async afterReload(): Promise<void> {
    this.#connected.clear();
    // It ends some time after the old page does; by then it may be over already.
    await this.#send('BluetoothEmulation.disable', {}).catch(() => undefined);
    await this.#send('BluetoothEmulation.enable', { state: 'powered-on', leSupported: true });
  }

  /** Ends the emulation: the browser outlives the test. */
  async stop(): Promise<void> {
    await this.#send('BluetoothEmulation.disable', {});
    await this.root.detach();
  }

  async advertise({ address, name }: EmulatedStrap): Promise<void> {
    this.#inRange.add(address);
    await this.#send('BluetoothEmulation.simulatePreconnectedPeripheral', {
      address,
      name,
      manufacturerData: [],
      knownServiceUuids: [HEART_RATE_SERVICE],
    });
  }

  /** Answers the browser's picker, by address or with "cancel". Call before the click. */
  async answerPicker(answer: string | 'cancel'): Promise<void> {
    await this.session.send('DeviceAccess.enable' as never);
    let isAnswered = false;
    this.session.on('DeviceAccess.deviceRequestPrompted' as never, (event: { id: string; devices: { id: string; name: string }[] }) => {
      if (isAnswered) return;
      const device = event.devices.find(({ id, name }) => id === answer || name === answer);
      if (answer !== 'cancel' && !device) return;
      isAnswered = true;
      const [method, more] = device ? ['DeviceAccess.selectPrompt', { deviceId: device.id }] : ['DeviceAccess.cancelPrompt', {}];
      void this.session.send(method as never, { id: event.id, ...more } as never).catch(() => undefined);
    });
  }

  /** The strap sends one measurement. */
  async send(address: string, bytes: readonly number[]): Promise<void> {
    const characteristicId = this.#connected.get(address)?.heartRate ?? '';
    this.#values.set(characteristicId, bytes);
    this.#sending = this.page.evaluate(async () => {
      const known = (
        globalThis as unknown as {
          characteristics: { uuid: string; service: { device: { gatt: { connected: boolean } } }; readValue(): Promise<unknown> }[];
        }
      ).characteristics;
      for (const one of known)
        if (one.service.device.gatt.connected && one.uuid.startsWith('00002a37')) await one.readValue().catch(() => undefined);
    });
    await this.#sending;
  }

  async lose(address: string): Promise<void> {
    // The emulated radio never ends a read that was asked for before the loss, and with it no connection after it.
    await this.#sending.catch(() => undefined);
    this.#inRange.delete(address);
    this.#connected.delete(address);
    await this.#send('BluetoothEmulation.simulateGATTDisconnection', { address });
  }

  comeBack(address: string): void {
    this.#inRange.add(address);
  }

  readonly #values = new Map<string, readonly number[]>();

  async #onGatt({ address, type }: { address: string; type: string }): Promise<void> {
    const code = type === 'connection' && !this.#inRange.has(address) ? 62 : LE_SUCCESS;
    if (type === 'discovery') await this.#describe(address);
    await this.#send('BluetoothEmulation.simulateGATTOperationResponse', { address, type, code });
  }

  async #describe(address: string): Promise<void> {
    if (this.#connected.has(address)) return;
    const { serviceId } = (await this.#send('BluetoothEmulation.addService', { address, serviceUuid: HEART_RATE_SERVICE })) as {
      serviceId: string;
    };
    const { characteristicId } = (await this.#send('BluetoothEmulation.addCharacteristic', {
      serviceId,
      characteristicUuid: HEART_RATE_MEASUREMENT,
      properties: { read: true, notify: true },
    })) as { characteristicId: string };
    await this.#send('BluetoothEmulation.addDescriptor', { characteristicId, descriptorUuid: CLIENT_CONFIGURATION }).catch(() => undefined);
    this.#connected.set(address, { heartRate: characteristicId });
  }

  async #onCharacteristic({ characteristicId, type }: { characteristicId: string; type: string }): Promise<void> {
    const bytes = this.#values.get(characteristicId) ?? [0];
    const data = type === 'read' ? { data: Buffer.from(bytes).toString('base64') } : {};
    await this.#send('BluetoothEmulation.simulateCharacteristicOperationResponse', { characteristicId, type, code: LE_SUCCESS, ...data });
  }

  async #send(method: string, params: object): Promise<unknown> {
    return this.root.send(method as never, params as never);
  }
}

const HEART_RATE_SERVICE = '0000180d-0000-1000-8000-00805f9b34fb';
const HEART_RATE_MEASUREMENT = '00002a37-0000-1000-8000-00805f9b34fb';
const CLIENT_CONFIGURATION = '00002902-0000-1000-8000-00805f9b34fb';

/** Runs in the page: keeps each characteristic that the app subscribes to. */
function rememberCharacteristics(): void {
  const holder = globalThis as unknown as {
    characteristics: unknown[];
    BluetoothRemoteGATTCharacteristic?: { prototype: { startNotifications(): unknown } };
  };
  holder.characteristics = [];
  const prototype = holder.BluetoothRemoteGATTCharacteristic?.prototype;
  if (!prototype) return;
  const original = prototype.startNotifications;
  prototype.startNotifications = function (this: unknown) {
    holder.characteristics.push(this);
    return original.call(this as never);
  };
}
