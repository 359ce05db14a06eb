import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  NEW_BOARD,
  readKeptDevices,
  type BoardChange,
  type BoardSettings,
  type KeptDevice,
} from '../../src/modalities/physiology/devices/keptDevice';
import type { PhysiologyDevice } from '../../src/modalities/physiology/devices/device';
import { BodyStore } from '../../src/stores/sensing/body/body.svelte';
import { SettingsStore } from '../../src/stores/settings.svelte';
import { createPuppet, IDLE_HOSTS } from '../support/fakeBodyWorld';
import { createWorld, endWorld, type World } from './support/storeWorld';

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.settings.update({ consentAt: 1 });
});
afterEach(() => endWorld(world));

type Makers = ConstructorParameters<typeof BodyStore>[0]['devices'];

function create(devices: Partial<Makers>, settings = world.settings) {
  const [start, stop, silence] = [vi.fn(), vi.fn(), vi.fn()];
  const body = new BodyStore({
    ...IDLE_HOSTS,
    ...{ settings, start, stop, silence },
    notices: world.notices,
    now: world.now,
    can: { canBluetooth: true, canSerial: true },
    db: null,
    devices: {
      request: async () => null,
      recall: async () => null,
      simulate: async () => simulated(),
      ...devices,
    },
  });
  return { body, start, stop, silence };
}

/** A demo device is nobody's: nothing of it is kept. */
function simulated(): PhysiologyDevice {
  const { kept: _, ...device } = createPuppet('skin', 'serial', { isSimulated: true }).device;
  return device;
}

/** As after a reload: other stores on the same database. */
async function reload(before: SettingsStore = world.settings): Promise<SettingsStore> {
  // Saving goes on in the background.
  await before.update({});
  const settings = new SettingsStore({ db: world.db, notices: world.notices });
  await settings.load();
  return settings;
}

/** A board whose settings can be changed. */
function createBoard(id: string) {
  let board: BoardSettings = NEW_BOARD;
  const adjust = vi.fn((change: BoardChange) => void (board = { ...board, ...change }));
  const puppet = createPuppet(id, 'serial', {
    adjust,
    calibrate: () => {
      board = { ...board, calibration: { bits: 10, openCircuit: 540 } };
      return true;
    },
  });
  Object.defineProperty(puppet.device, 'kept', { get: (): KeptDevice => ({ id, kind: 'serial', name: '', board }) });
  return puppet;
}

describe('paired devices', () => {
  it('are offered closed after a reload, opened by one click, and forgotten for good', async () => {
    const strap = createPuppet('strap', 'heart-strap');
    await create({ request: async () => strap.device }).body.connect('heart-strap');
    const again = createPuppet('strap', 'heart-strap');
    const second = await reload();
    const { body, start, stop } = create({ recall: async () => again.device }, second);
    await body.load();
    expect(body.devices).toMatchObject([{ id: 'strap', link: 'closed', isAway: false }]);
    expect(again.opened() + start.mock.calls.length).toBe(0);
    expect(body.wake()).toBe(true);
    expect(again.opened()).toBe(1);
    await body.forget('strap');
    expect(stop).toHaveBeenCalled();
    const later = create({ recall: async () => again.device }, await reload(second)).body;
    await later.load();
    expect(later.devices).toEqual([]);
  });

  it('that the browser forgot are chosen again, and have the place of the old one', async () => {
    await world.settings.update({ bodyDevices: JSON.stringify([{ id: 'old', kind: 'heart-strap', name: 'Strap', board: null }]) });
    const request = vi.fn(async (): Promise<PhysiologyDevice> => createPuppet('new', 'heart-strap').device);
    const { body } = create({ request });
    await body.load();
    expect(body.devices).toMatchObject([{ id: 'old', isAway: true, link: 'closed' }]);
    expect(body.wake()).toBe(false);
    await body.reconnect('old');
    expect(request).toHaveBeenCalledWith('heart-strap', expect.objectContaining({ id: 'old', name: 'Strap' }));
    expect(body.devices.map(({ id }) => id)).toEqual(['new']);
    expect(readKeptDevices(world.settings.value.bodyDevices).map(({ id }) => id)).toEqual(['new']);
  });

  it('stay where they are when nobody chooses, and say why when choosing fails', async () => {
    await world.settings.update({ bodyDevices: JSON.stringify([{ id: 'old', kind: 'serial', name: '', board: NEW_BOARD }]) });
    const request = vi.fn<Makers['request']>(async () => null);
    const { body } = create({ request });
    await body.load();
    await body.reconnect('old');
    expect(body.devices).toMatchObject([{ id: 'old', isAway: true }]);
    request.mockRejectedValueOnce(Object.assign(new Error('no'), { code: 'sensor/unsupported' }));
    await body.reconnect('old');
    expect(world.notices.items).toHaveLength(1);
  });

  it('make way for a simulated one and come back after it', async () => {
    const strap = createPuppet('strap', 'heart-strap');
    const { body } = create({ request: async () => strap.device, recall: async () => createPuppet('strap', 'heart-strap').device });
    await body.connect('heart-strap');
    await body.addDemo('skin');
    expect(body.devices.map(({ isSimulated }) => isSimulated)).toEqual([true]);
    expect(readKeptDevices(world.settings.value.bodyDevices)).toHaveLength(1);
    await body.forget('skin');
    expect(body.devices).toMatchObject([{ id: 'strap', link: 'closed', isSimulated: false }]);
  });

  it('keep how a board is read: changed while it is open, it is opened anew', async () => {
    const board = createBoard('board');
    const { body } = create({ request: async () => board.device });
    await body.connect('serial');
    board.connect();
    body.adjust('board', { plain: 'pulse', baudRate: 9600 });
    expect(board.opened()).toBe(2);
    body.calibrate('board');
    const [kept] = readKeptDevices((await reload()).value.bodyDevices);
    expect(kept?.board).toMatchObject({ plain: 'pulse', baudRate: 9600, calibration: { openCircuit: 540 } });
    body.disconnect('board');
    body.adjust('board', { plain: 'skin' });
    expect(board.opened()).toBe(2);
    expect(body.devices[0]?.board?.plain).toBe('skin');
  });

  it('survive settings that are rubbish', async () => {
    await world.settings.update({ bodyDevices: '[{"id":7},{]' });
    const { body } = create({});
    await body.load();
    expect(body.devices).toEqual([]);
  });
});

describe('values', () => {
  it('grow old with their device, each in its own time', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
    const strap = createPuppet('strap', 'heart-strap');
    const { body } = create({ request: async () => strap.device });
    await body.connect('heart-strap');
    strap.connect();
    strap.say(world.clock.time, { heartRate: 72, hasContact: true });
    vi.advanceTimersByTime(100);
    expect(body.readings.heartRate).toBe(72);
    world.clock.time += 3100;
    vi.advanceTimersByTime(600);
    expect(body.readings.heartRate).toBeNull();
    vi.useRealTimers();
  });

  it('out of reach or silent for ten seconds are told to be lost; before that, and while one speaks, not', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const strap = createPuppet('strap', 'heart-strap');
    const { body, silence } = create({ request: async () => strap.device });
    await body.connect('heart-strap');
    vi.advanceTimersByTime(500);
    strap.connect();
    vi.advanceTimersByTime(500);
    strap.say(world.now(), { heartRate: 60, hasContact: true });
    vi.advanceTimersByTime(500);
    expect(silence).not.toHaveBeenCalled();
    world.clock.time += 11_000;
    vi.advanceTimersByTime(500);
    expect(silence).toHaveBeenCalledTimes(1);
    strap.say(world.now(), { heartRate: 60, hasContact: true });
    vi.advanceTimersByTime(500);
    expect(silence).toHaveBeenCalledTimes(1);
    strap.lose();
    vi.advanceTimersByTime(500);
    expect(silence).toHaveBeenCalledTimes(2);
    body.disconnect('strap');
    vi.useRealTimers();
  });

  it('a low battery is told once', async () => {
    const strap = createPuppet('strap', 'heart-strap');
    const { body } = create({ request: async () => strap.device });
    await body.connect('heart-strap');
    for (const level of [0.4, 0.14, 0.13]) strap.tell((events) => events.onBattery(level));
    expect(world.notices.items.filter(({ key }) => key === 'lowBattery')).toHaveLength(1);
  });
});
