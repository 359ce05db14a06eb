import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import { recallBluetooth, requestBluetooth } from '../../../../src/modalities/physiology/bluetooth/requestBluetooth';
import { createAwayDevice } from '../../../../src/modalities/physiology/devices/awayDevice';
import type { DeviceLink, PhysiologyDevice } from '../../../../src/modalities/physiology/devices/device';
import { DeviceHub } from '../../../../src/modalities/physiology/devices/deviceHub';
import { NEW_BOARD, readKeptDevices, type BoardSettings, type KeptDevice } from '../../../../src/modalities/physiology/devices/keptDevice';
import type { PhysiologyFrame } from '../../../../src/modalities/physiology/frame';
import { SerialBoards } from '../../../../src/modalities/physiology/serial/requestSerial';

const UNO = { vendorId: 0x2341, productId: 0x0043 };
const BOARD: BoardSettings = { usb: UNO, baudRate: 9600, heardRate: 57_600, plain: 'pulse', calibration: { bits: 12, openCircuit: 2100 } };
const STRAP: KeptDevice = { id: 'a1', kind: 'heart-strap', name: 'Strap', board: null };
const ARDUINO: KeptDevice = { id: 'serial-1', kind: 'serial', name: '', board: BOARD };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('kept devices', () => {
  test('come back as they were', () => {
    expect(readKeptDevices(JSON.stringify([STRAP, ARDUINO]))).toEqual([STRAP, ARDUINO]);
    expect(readKeptDevices(null)).toEqual([]);
  });

  test.each([
    ['no JSON', '{"id":', []],
    ['no list', '{"id":"a1"}', []],
    ['no devices', '[null,1,"x",{}]', []],
    ['a recording is nobody’s device', '[{"id":"r","kind":"recording","name":""}]', []],
    ['the same one twice', JSON.stringify([STRAP, { ...STRAP, name: 'Other' }]), [STRAP]],
    [
      'settings that no board has',
      JSON.stringify([
        { ...ARDUINO, board: { usb: { vendorId: -1, productId: 3 }, baudRate: 12, heardRate: '9600', plain: 7, calibration: { bits: 9 } } },
      ]),
      [{ ...ARDUINO, board: NEW_BOARD }],
    ],
    [
      'an open circuit above full scale',
      JSON.stringify([{ ...ARDUINO, board: { ...BOARD, calibration: { bits: 10, openCircuit: 1025 } } }]),
      [{ ...ARDUINO, board: { ...BOARD, calibration: null } }],
    ],
    ['a strap with a board', JSON.stringify([{ ...STRAP, board: BOARD }]), [STRAP]],
  ] as const)('%s', (_, json, expected) => expect(readKeptDevices(json)).toEqual(expected));

  test('anything that was damaged: never more than it holds, nothing thrown', () => {
    const random = seededRandom(3);
    const whole = JSON.stringify([STRAP, ARDUINO]);
    for (let round = 0; round < 2000; round++) {
      const at = Math.floor(random() * whole.length);
      const json = whole.slice(0, at) + String.fromCharCode(32 + Math.floor(random() * 95)) + whole.slice(at + 1);
      for (const { id, name } of readKeptDevices(json)) expect(`${typeof id} ${typeof name}`).toBe('string string');
    }
  });
});

test('a remembered device is closed until somebody opens it', () => {
  const hub = new DeviceHub();
  const open = vi.fn();
  hub.remember({ id: 'a1', name: 'Strap', kind: 'heart-strap', isSimulated: false, open, close: vi.fn() });
  expect(hub.devices.map(({ link }) => link.kind)).toEqual(['closed']);
  expect(open).not.toHaveBeenCalled();
  hub.reopen('a1');
  expect(open).toHaveBeenCalledOnce();
});

test('a device that is away stays closed', () => {
  const hub = new DeviceHub();
  hub.remember(createAwayDevice(STRAP));
  hub.reopen('a1');
  expect(hub.devices[0]).toMatchObject({ link: { kind: 'closed' }, device: { isAway: true, kept: STRAP } });
});

describe('Bluetooth', () => {
  const peripheral = Object.assign(new EventTarget(), { id: 'a1', name: 'Strap' });
  const stub = (bluetooth: object) => vi.stubGlobal('navigator', { bluetooth: { getAvailability: async () => true, ...bluetooth } });

  test('a strap of an earlier visit comes back without a click', async () => {
    stub({ getDevices: async () => [peripheral] });
    expect((await recallBluetooth('a1', 'heart-strap', Date.now))?.kept).toEqual(STRAP);
    expect(await recallBluetooth('b2', 'heart-strap', Date.now)).toBeNull();
  });

  test.each([
    ['lacks the method', {}],
    ['refuses it', { getDevices: () => Promise.reject(new DOMException('no', 'NotSupportedError')) }],
  ])('a browser that %s wants it chosen again', async (_, bluetooth) => {
    stub(bluetooth);
    expect(await recallBluetooth('a1', 'heart-strap', Date.now)).toBeNull();
  });

  test('no Web Bluetooth at all', async () => {
    vi.stubGlobal('navigator', {});
    expect(await recallBluetooth('a1', 'heart-strap', Date.now)).toBeNull();
  });

  test('chosen again, the list shows the one of its name only', async () => {
    const requestDevice = vi.fn(async () => peripheral);
    stub({ requestDevice });
    expect((await requestBluetooth('heart-strap', Date.now, 'Strap'))?.id).toBe('a1');
    expect(requestDevice).toHaveBeenCalledWith(expect.objectContaining({ filters: [{ services: [0x180d], name: 'Strap' }] }));
  });
});

/** A port that speaks at one rate, and is noise at all others. */
function fakePort(speaksAt: number, usb: BoardSettings['usb'] = UNO, line = 'GSR:400\r\n') {
  let talking: ReturnType<typeof setInterval> | undefined;
  const bauds: number[] = [];
  const port = Object.assign(new EventTarget(), {
    bauds,
    readable: null as ReadableStream<Uint8Array> | null,
    getInfo: () => (usb ? { usbVendorId: usb.vendorId, usbProductId: usb.productId } : {}),
    async open({ baudRate }: { baudRate: number }) {
      bauds.push(baudRate);
      port.readable = new ReadableStream<Uint8Array>({
        start(controller) {
          talking = setInterval(() => {
            if (baudRate === speaksAt) controller.enqueue(new TextEncoder().encode(line));
            else controller.enqueue(Uint8Array.of(0x81, 0xfe, 0x9c, 0xe3));
          }, 10);
        },
        cancel: () => clearInterval(talking),
      });
    },
    async close() {
      clearInterval(talking);
      port.readable = null;
    },
  });
  return port;
}

function stubSerial(ports: readonly EventTarget[], chosen: EventTarget | undefined = ports[0]) {
  const requestPort = vi.fn(async (_options?: object) => {
    if (!chosen) throw new DOMException('No port selected by the user.', 'NotFoundError');
    return chosen;
  });
  vi.stubGlobal('navigator', { serial: Object.assign(new EventTarget(), { getPorts: async () => ports, requestPort }) });
  let ids = 0;
  return { requestPort, boards: new SerialBoards({ now: Date.now, newId: () => `new-${++ids}` }) };
}

function listen(device: PhysiologyDevice | null) {
  const links: DeviceLink['kind'][] = [];
  const frames: PhysiologyFrame[] = [];
  device?.open({ onLink: ({ kind }) => links.push(kind), onFrame: ({ value }) => frames.push(value), onBattery: () => {} });
  return { links, frames };
}

describe('boards', () => {
  test('of an earlier visit are known by their make, each port once', async () => {
    const [other, first, second] = [fakePort(9600, { vendorId: 1, productId: 2 }), fakePort(9600), fakePort(9600)];
    const { boards } = stubSerial([other, first, second]);
    const [a, b, c] = [
      await boards.recall(ARDUINO),
      await boards.recall({ ...ARDUINO, id: 'serial-2' }),
      await boards.recall({ ...ARDUINO, id: 'serial-3' }),
    ];
    expect([a?.id, b?.id, c]).toEqual(['serial-1', 'serial-2', null]);
    expect(await boards.recall(ARDUINO)).toBe(a);
    expect(a?.kept).toEqual(ARDUINO);
  });

  test('a port that is chosen twice is one device', async () => {
    const { boards } = stubSerial([fakePort(9600)]);
    const device = await boards.request();
    expect(device?.id).toBe('new-1');
    expect(await boards.request()).toBe(device);
  });

  test('chosen again: boards of its make only, read as before; nobody’s choice is no error', async () => {
    const { boards, requestPort } = stubSerial([], fakePort(9600));
    expect((await boards.request(ARDUINO))?.kept).toEqual(ARDUINO);
    expect(requestPort).toHaveBeenCalledWith({ filters: [{ usbVendorId: UNO.vendorId }] });
    expect(await stubSerial([]).boards.request()).toBeNull();
  });

  test('the rate that was found last is tried first, and another one is found when the sketch has changed', async () => {
    const kept: KeptDevice = { ...ARDUINO, board: { ...NEW_BOARD, usb: UNO, heardRate: 57_600 } };
    const same = fakePort(57_600);
    const device = await stubSerial([same]).boards.recall(kept);
    const { links } = listen(device);
    await vi.advanceTimersByTimeAsync(4000);
    expect(links.at(-1)).toBe('connected');
    expect(same.bauds).toEqual([57_600, 57_600]);
    const changed = fakePort(9600);
    const moved = await stubSerial([changed]).boards.recall(kept);
    listen(moved);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(changed.bauds).toEqual([57_600, 115_200, 9600, 9600]);
    expect(moved?.kept?.board).toMatchObject({ baudRate: null, heardRate: 9600 });
  });

  test('a chosen rate, the meaning of plain numbers and a calibration are kept and used', async () => {
    const port = fakePort(9600, UNO, '400\n');
    const device = await stubSerial([port]).boards.request();
    device?.adjust?.({ baudRate: 9600, plain: 'pulse' });
    const { frames } = listen(device);
    await vi.advanceTimersByTimeAsync(4000);
    expect(port.bauds).toEqual([9600]);
    expect(frames.at(-1)).toMatchObject({ eda: null });
    expect(frames.at(-1)?.ppg?.samples[0]).toBe(400);
    device?.adjust?.({ plain: 'skin' });
    const skin = listen(device);
    await vi.advanceTimersByTimeAsync(4000);
    expect(skin.frames.at(-1)?.eda?.samples[0]).toBeCloseTo(6.14, 2);
    expect(device?.calibrate?.()).toBe(true);
    expect(device?.kept?.board).toMatchObject({ baudRate: 9600, plain: 'skin', calibration: { bits: 10, openCircuit: 400 } });
    device?.close();
  });
});
