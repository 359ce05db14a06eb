import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Timed } from '../../../../src/core/units';
import { DeviceHub } from '../../../../src/modalities/physiology/devices/deviceHub';
import { mergeFrames } from '../../../../src/modalities/physiology/devices/mergeFrames';
import type { DeviceEvents } from '../../../../src/modalities/physiology/devices/device';
import type { PhysiologyFrame } from '../../../../src/modalities/physiology/frame';
import { NO_READINGS, type Readings } from '../../../../src/modalities/physiology/readings';
import { SkinSeries } from '../../../../src/modalities/physiology/vitals/skinSeries';

const packet = (at: number, readings: Partial<Readings>, deviceId = 'board'): Timed<PhysiologyFrame> => ({
  at,
  value: { ...NO_READINGS, ...readings, deviceId, kind: 'serial' },
});
const eda = (samples: readonly number[], sampleRate = 100) => ({ sampleRate, samples: Float32Array.from(samples) });

describe('two packets as one', () => {
  test('series are joined, the later time counts, what only one of them measured stays', () => {
    const merged = mergeFrames(
      packet(1000, { eda: eda([1, 2]), heartRate: 70, skinTemperature: 33 }),
      packet(1040, { eda: eda([3], 101), skinTemperature: 34, rrIntervals: [800] }),
    );
    expect(merged).toEqual(packet(1040, { eda: eda([1, 2, 3], 101), heartRate: 70, skinTemperature: 34, rrIntervals: [800] }));
  });

  test('acceleration by its axes', () => {
    const axes = (x: number) => ({ sampleRate: 25, x: Float32Array.of(x), y: Float32Array.of(x + 1), z: Float32Array.of(x + 2) });
    const merged = mergeFrames(packet(0, { acceleration: axes(0) }), packet(40, { acceleration: axes(5) }))?.value.acceleration;
    expect([merged?.x, merged?.y, merged?.z].map((axis) => [...(axis ?? [])])).toEqual([
      [0, 5],
      [1, 6],
      [2, 7],
    ]);
  });

  test.each([
    ['other devices', packet(0, {}), packet(10, {}, 'strap')],
    ['time that runs backwards', packet(20, {}), packet(10, {})],
    ['beats that belong to the earlier packet', packet(0, { rrIntervals: [800] }), packet(10, {})],
    ['skin that was let go', packet(0, { hasContact: true }), packet(10, { hasContact: false })],
    ['a series that begins', packet(0, {}), packet(10, { eda: eda([1]) })],
    ['a series that ends', packet(0, { ppg: eda([1]) }), packet(10, {})],
    ['another rate', packet(0, { eda: eda([1], 50) }), packet(10, { eda: eda([1], 100) })],
  ])('%s: not in one', (_, a, b) => expect(mergeFrames(a, b)).toBeNull());

  test('the skin’s series is the same, packet by packet or gathered', () => {
    const packets = Array.from({ length: 2000 }, (_, i) =>
      packet(40 * (i + 1), { eda: eda([0, 1, 2, 3].map((k) => Math.sin((4 * i + k) / 90) + 2)) }),
    );
    const [single, gathered] = [new SkinSeries(), new SkinSeries()];
    for (const { at, value } of packets) if (value.eda) single.push(at, value.eda);
    for (let i = 0; i < packets.length; i += 3) {
      const { at, value } = packets.slice(i, i + 3).reduce((before, next) => mergeFrames(before, next) ?? next);
      if (value.eda) gathered.push(at, value.eda);
    }
    const [a, b] = [single, gathered].map((series) => series.windowUntil(80_000, -Infinity).values);
    expect(b).toHaveLength(a?.length ?? -1);
    a?.forEach((value, i) => expect(b?.[i]).toBeCloseTo(value, 6));
  });
});

describe('the stream of the hub', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function open() {
    const hub = new DeviceHub();
    let events: DeviceEvents | null = null;
    hub.add({ id: 'board', name: '', kind: 'serial', isSimulated: false, open: (given) => void (events = given), close: vi.fn() });
    const end = new AbortController();
    const got: Timed<PhysiologyFrame>[] = [];
    const ended = (async () => {
      for await (const one of hub.frames(end.signal)) got.push(one);
    })();
    return { say: (frame: Timed<PhysiologyFrame>) => events?.onFrame(frame), got, end, ended };
  }

  test('a lone packet goes on at once', async () => {
    const { say, got } = open();
    await vi.advanceTimersByTimeAsync(1);
    say(packet(0, { heartRate: 70 }));
    await vi.advanceTimersByTimeAsync(0);
    expect(got).toHaveLength(1);
  });

  test('25 packets a second become ten at most, and no sample is lost', async () => {
    const { say, got, end, ended } = open();
    for (let i = 0; i < 250; i++) {
      say(packet(40 * i, { eda: eda([4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 3]) }));
      await vi.advanceTimersByTimeAsync(40);
    }
    await vi.advanceTimersByTimeAsync(200);
    expect(got.length).toBeLessThanOrEqual(101);
    expect(got.flatMap(({ value }) => [...(value.eda?.samples ?? [])])).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    end.abort();
    await vi.advanceTimersByTimeAsync(200);
    await ended;
  });
});
