import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../../src/core/settings';
import { NoticesStore } from '../../../../src/stores/notices.svelte';
import { BodyStore } from '../../../../src/stores/sensing/body/body.svelte';
import { createPuppet, IDLE_HOSTS } from '../../../support/fakeBodyWorld';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const HOUR_S = 3600;
const LOST_EVERY_S = 300;
const LOST_FOR_S = 10;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

test('an hour of a board at 100 Hz and a strap, lost and found every five minutes: nothing stale on screen, memory flat', async () => {
  const settings = {
    value: { ...DEFAULT_SETTINGS, consentAt: 1 } as Settings,
    isReady: true,
    update: (patch: Partial<Settings>) => {
      settings.value = { ...settings.value, ...patch };
      return Promise.resolve();
    },
  };
  const [strap, board] = [createPuppet('strap', 'heart-strap'), createPuppet('board', 'serial')];
  const waiting = [strap.device, board.device];
  const body = new BodyStore({
    ...IDLE_HOSTS,
    settings,
    notices: new NoticesStore(),
    now: () => Date.now(),
    can: { canBluetooth: true, canSerial: true },
    start: () => {},
    stop: () => {},
    silence: () => {},
    db: null,
    devices: { request: async () => waiting.shift() ?? null, recall: async () => null, simulate: async () => strap.device },
  });
  await body.connect('heart-strap');
  await body.connect('serial');
  const end = new AbortController();
  let packets = 0;
  const reading = (async () => {
    for await (const frame of body.hub.frames(end.signal)) packets += frame.value.deviceId === 'board' ? 1 : 0;
  })();
  const stale: number[] = [];
  let before = 0;
  for (let second = 0; second < HOUR_S; second++) {
    const isLost = second % LOST_EVERY_S < LOST_FOR_S;
    if (second % LOST_EVERY_S === 0) for (const one of [strap, board]) one.lose();
    if (second % LOST_EVERY_S === LOST_FOR_S) for (const one of [strap, board]) one.connect();
    if (!isLost) strap.say(Date.now(), { heartRate: 60 + (second % 20), rrIntervals: [900 + (second % 50)], hasContact: true });
    for (let step = 0; step < 25; step++) {
      if (!isLost) board.say(Date.now(), { eda: { sampleRate: 100, samples: Float32Array.of(2, 2.1, 2.2, 2.3) } });
      await vi.advanceTimersByTimeAsync(40);
    }
    const { heartRate, microsiemens } = body.readings;
    // A value holds for three periods of its device: a strap's three seconds.
    if (second % LOST_EVERY_S > 4 && isLost && (heartRate !== null || microsiemens !== null)) stale.push(second);
    if (second % LOST_EVERY_S > LOST_FOR_S && (heartRate === null || microsiemens === null)) stale.push(second);
    // The rings are full by then.
    if (second === 900) before = heap();
  }
  expect(stale).toEqual([]);
  expect(packets).toBeGreaterThan(HOUR_S * 8);
  expect(packets).toBeLessThan(HOUR_S * 11);
  expect(heap() - before).toBeLessThan(1e6);
  end.abort();
  await vi.advanceTimersByTimeAsync(200);
  await reading;
}, 120_000);
