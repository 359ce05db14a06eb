import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Timed } from '../../../../src/core/units';
import { createBluetoothDevice } from '../../../../src/modalities/physiology/bluetooth/bluetoothDevice';
import type { BluetoothPeripheral, GattCharacteristic } from '../../../../src/modalities/physiology/bluetooth/gatt';
import { backOff } from '../../../../src/modalities/physiology/devices/backOff';
import type { DeviceEvents, DeviceLink, PhysiologyDevice } from '../../../../src/modalities/physiology/devices/device';
import { createDemoDevice } from '../../../../src/modalities/physiology/devices/demoDevice';
import { DeviceHub } from '../../../../src/modalities/physiology/devices/deviceHub';
import { Freshness } from '../../../../src/modalities/physiology/devices/freshness';
import { SourceChoice } from '../../../../src/modalities/physiology/devices/sourceChoice';
import type { PhysiologyDeviceKind, PhysiologyFrame } from '../../../../src/modalities/physiology/frame';
import { NO_READINGS, type Readings } from '../../../../src/modalities/physiology/readings';
import { bytesOf } from './bluetooth/support';

const frame = (deviceId: string, kind: PhysiologyDeviceKind, at: number, readings: Partial<Readings>): Timed<PhysiologyFrame> => ({
  at,
  value: { ...NO_READINGS, ...readings, deviceId, kind },
});

test('waits double up to half a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map(backOff)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

describe('freshness', () => {
  test('a reading holds for three of its device’s periods', () => {
    const heart = new Freshness(1000);
    expect(heart.isFresh(0)).toBe(false);
    for (let at = 0; at <= 20_000; at += 2000) heart.note(at);
    expect(heart.period).toBe(2000);
    expect([26_000, 26_001].map((now) => heart.isFresh(now))).toEqual([true, false]);
    expect(heart.lastAt).toBe(20_000);
  });

  test('a gap is no period', () => {
    const heart = new Freshness(1000);
    for (const at of [0, 1000, 2000, 20_000, 40_000]) heart.note(at);
    expect(heart.period).toBe(1000);
  });

  test('a fast stream is not called lost for one late packet', () => {
    const eda = new Freshness(250);
    for (let at = 0; at < 1000; at += 50) eda.note(at);
    expect(eda.holds).toBe(300);
  });
});

describe('one speaker for each quantity', () => {
  test('the strap before the pulse sensor; the pulse sensor when the strap is silent', () => {
    const choice = new SourceChoice();
    choice.add('board', 'serial');
    choice.add('strap', 'heart-strap');
    expect(choice.admit(frame('board', 'serial', 0, { heartRate: 70 }))?.value.heartRate).toBe(70);
    choice.admit(frame('strap', 'heart-strap', 100, { heartRate: 72 }));
    const eda = { sampleRate: 4, samples: Float32Array.of(1) };
    expect(choice.admit(frame('board', 'serial', 250, { heartRate: 71, rrIntervals: [800], eda }))?.value).toMatchObject({
      heartRate: null,
      rrIntervals: [],
      eda,
    });
    expect(choice.admit(frame('board', 'serial', 500, { heartRate: 71 }))).toBeNull();
    expect(choice.speakerFor('heart', 500)).toBe('strap');
    expect(choice.admit(frame('board', 'serial', 3200, { heartRate: 71 }))?.value.heartRate).toBe(71);
  });

  test('a strap off the skin does not speak, but says so when it is alone', () => {
    const choice = new SourceChoice();
    choice.add('strap', 'heart-strap');
    expect(choice.admit(frame('strap', 'heart-strap', 0, { heartRate: 72, hasContact: false }))?.value.hasContact).toBe(false);
    choice.add('board', 'serial');
    choice.admit(frame('board', 'serial', 10, { heartRate: 70 }));
    expect(choice.admit(frame('strap', 'heart-strap', 20, { heartRate: 72, hasContact: false }))).toBeNull();
  });

  test('of two straps the first; after it is removed the other', () => {
    const choice = new SourceChoice();
    choice.add('a', 'heart-strap');
    choice.add('b', 'heart-strap');
    choice.admit(frame('b', 'heart-strap', 0, { heartRate: 60 }));
    choice.admit(frame('a', 'heart-strap', 10, { heartRate: 80 }));
    expect(choice.speakerFor('heart', 20)).toBe('a');
    expect(choice.admit(frame('b', 'heart-strap', 20, { heartRate: 60 }))).toBeNull();
    choice.remove('a');
    expect(choice.admit(frame('b', 'heart-strap', 30, { heartRate: 60 }))?.value.heartRate).toBe(60);
    expect(choice.admit(frame('a', 'heart-strap', 30, { heartRate: 60 }))).toBeNull();
  });
});

/** A device that the test speaks for. */
function puppet(id: string, kind: PhysiologyDeviceKind = 'heart-strap') {
  let told: DeviceEvents | null = null;
  const device: PhysiologyDevice = { id, name: id, kind, isSimulated: false, open: (events) => void (told = events), close: vi.fn() };
  return { device, say: (act: (events: DeviceEvents) => void) => told && act(told) };
}

describe('hub', () => {
  test('joins devices to one stream and tells how they are', async () => {
    const hub = new DeviceHub();
    const seen: string[][] = [];
    hub.listen({ onDevices: (devices) => seen.push(devices.map(({ device, link }) => `${device.id} ${link.kind}`)) });
    const [strap, other] = [puppet('strap'), puppet('board', 'serial')];
    hub.add(strap.device);
    hub.add(other.device);
    strap.say((events) => events.onLink({ kind: 'connected' }));
    expect(seen.at(-1)).toEqual(['strap connected', 'board connecting']);
    const end = new AbortController();
    const frames: Timed<PhysiologyFrame>[] = [];
    const reading = (async () => {
      for await (const one of hub.frames(end.signal)) frames.push(one);
    })();
    await Promise.resolve();
    strap.say((events) => events.onFrame(frame('strap', 'heart-strap', 5, { heartRate: 61 })));
    other.say((events) => events.onFrame(frame('board', 'serial', 6, { skinTemperature: 33 })));
    await vi.waitFor(() => expect(frames.map(({ at }) => at)).toEqual([5, 6]));
    strap.say((events) => events.onBattery(0.1));
    expect(hub.devices[0]).toMatchObject({ battery: 0.1, lastAt: 5 });
    // A lost device has no last value.
    strap.say((events) => events.onLink({ kind: 'reconnecting', attempt: 1 }));
    expect(hub.devices[0]?.lastAt).toBeNull();
    hub.close('strap');
    expect(strap.device.close).toHaveBeenCalled();
    hub.remove('strap');
    expect(hub.devices.map(({ device }) => device.id)).toEqual(['board']);
    end.abort();
    await reading;
  });
});

/** A peripheral whose radio the test commands. */
function fakePeripheral() {
  const characteristic = Object.assign(new EventTarget(), {
    value: undefined as DataView | undefined,
    properties: { read: false, notify: true, indicate: false },
    readValue: () => Promise.reject(new DOMException('no', 'NotSupportedError')),
    writeValueWithResponse: () => Promise.resolve(),
    startNotifications: () => Promise.resolve(characteristic as unknown as GattCharacteristic),
  });
  const state = { refusals: 0, connects: 0, isHeart: true };
  const gatt = {
    connected: false,
    connect: async () => {
      state.connects++;
      if (state.refusals-- > 0) throw new DOMException('out of range', 'NetworkError');
      gatt.connected = true;
      return gatt;
    },
    disconnect: vi.fn(() => {
      gatt.connected = false;
    }),
    getPrimaryService: async (uuid: number | string) => {
      if (uuid !== 0x180d || !state.isHeart) throw new DOMException('none', 'NotFoundError');
      return { getCharacteristic: async () => characteristic as unknown as GattCharacteristic };
    },
  };
  const peripheral = Object.assign(new EventTarget(), { id: 'p', name: 'Strap', gatt }) as BluetoothPeripheral;
  return {
    peripheral,
    state,
    gatt,
    notify(hex: string) {
      characteristic.value = bytesOf(hex);
      characteristic.dispatchEvent(new Event('characteristicvaluechanged'));
    },
    lose: () => peripheral.dispatchEvent(new Event('gattserverdisconnected')),
  };
}

describe('Bluetooth device', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const follow = (peripheral: BluetoothPeripheral) => {
    const links: DeviceLink[] = [];
    const frames: Timed<PhysiologyFrame>[] = [];
    const device = createBluetoothDevice(peripheral, { kind: 'heart-strap', now: () => 7 });
    const open = () => device.open({ onLink: (link) => links.push(link), onFrame: (one) => frames.push(one), onBattery: () => {} });
    open();
    return { device, links, frames };
  };
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

  test('connects, reads, is lost, comes back after the wait, and is closed for good', async () => {
    const { peripheral, notify, lose, state, gatt } = fakePeripheral();
    const { device, links, frames } = follow(peripheral);
    await settle();
    expect(links.map(({ kind }) => kind)).toEqual(['connecting', 'connected']);
    notify('16 48 00 04');
    notify('16');
    expect(frames).toEqual([frame('p', 'heart-strap', 7, { heartRate: 72, hasContact: true, rrIntervals: [1000] })]);
    state.refusals = 1;
    lose();
    await settle();
    expect(links.at(-1)).toEqual({ kind: 'reconnecting', attempt: 1 });
    await settle(1000);
    expect(links.at(-1)).toEqual({ kind: 'reconnecting', attempt: 2 });
    await settle(2000);
    expect(links.at(-1)).toEqual({ kind: 'connected' });
    notify('00 50');
    expect(frames.at(-1)?.value.heartRate).toBe(80);
    device.close();
    expect(gatt.disconnect).toHaveBeenCalled();
    const { connects } = state;
    lose();
    await settle(60_000);
    expect(state.connects).toBe(connects);
    notify('00 50');
    expect(frames.length).toBe(2);
  });

  test('a device that measures nothing of the body fails with its code', async () => {
    const { peripheral, state } = fakePeripheral();
    state.isHeart = false;
    const { links } = follow(peripheral);
    await settle();
    expect(links.at(-1)).toEqual({ kind: 'failed', code: 'sensor/no-readings' });
  });

  test('comes back at once when it shows itself', async () => {
    const { peripheral, lose } = fakePeripheral();
    Object.assign(peripheral, { watchAdvertisements: () => Promise.resolve() });
    const { links } = follow(peripheral);
    await settle();
    lose();
    await settle(10);
    peripheral.dispatchEvent(new Event('advertisementreceived'));
    await settle(1);
    expect(links.at(-1)).toEqual({ kind: 'connected' });
  });
});

test('a demo device plays in real time and says that it is none', async () => {
  vi.useFakeTimers({ now: 1000 });
  const frames: Timed<PhysiologyFrame>[] = [];
  const device = createDemoDevice({ device: 'skin', seed: 1, now: () => Date.now() });
  device.open({ onLink: () => {}, onBattery: () => {}, onFrame: (one) => frames.push(one) });
  await vi.advanceTimersByTimeAsync(2000);
  expect(device.isSimulated).toBe(true);
  expect(frames.map(({ at }) => at)).toEqual([1250, 1500, 1750, 2000, 2250, 2500, 2750, 3000]);
  device.close();
  await vi.advanceTimersByTimeAsync(2000);
  expect(frames.length).toBe(8);
  vi.useRealTimers();
});
