import { describe, expect, test } from 'vitest';
import type { Timed } from '../../../../src/core/units';
import type { PhysiologyFrame } from '../../../../src/modalities/physiology/frame';
import { SIMULATED_DEVICES, simulate, simulateDevice, type SimulatedDevice } from '../../../../src/modalities/physiology/simulate';

const take = (device: SimulatedDevice, seconds: number, arousal: number, seed = 3): Timed<PhysiologyFrame>[] => {
  const frames: Timed<PhysiologyFrame>[] = [];
  for (const frame of simulateDevice(device, { seed, startAt: 0, arousalAt: () => arousal })) {
    if (frame.at > seconds * 1000) break;
    frames.push(frame);
  }
  return frames;
};
const beatsOf = (frames: readonly Timed<PhysiologyFrame>[]) => frames.flatMap(({ value }) => value.rrIntervals);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rmssd = (rr: readonly number[]) => Math.sqrt(mean(rr.slice(1).map((value, i) => (value - (rr[i] ?? 0)) ** 2)));

describe.each(SIMULATED_DEVICES)('%s', (device) => {
  test('the same seed sends the same, another seed something else; time goes on', () => {
    expect(take(device, 60, 0)).toEqual(take(device, 60, 0));
    expect(take(device, 60, 0)).not.toEqual(take(device, 60, 0, 4));
    const times = take(device, 60, 0).map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

test('a stressed heart is faster and steadier than a calm one', () => {
  const [calm, tense] = [beatsOf(take('heart-strap', 300, -0.5)), beatsOf(take('heart-strap', 300, 0.7))];
  expect(60_000 / mean(calm)).toBeGreaterThan(55);
  expect(60_000 / mean(calm)).toBeLessThan(75);
  expect(60_000 / mean(tense)).toBeGreaterThan(80);
  expect(rmssd(calm.filter((rr) => rr > 700 && rr < 1200))).toBeGreaterThan(1.5 * rmssd(tense.filter((rr) => rr > 500 && rr < 900)));
});

test('ectopic beats and dry electrodes come now and then', () => {
  const frames = take('heart-strap', 1800, 0);
  const rr = beatsOf(frames);
  const early = rr.filter((value, i) => value < 0.75 * (rr[i - 1] ?? value)).length;
  expect(early).toBeGreaterThan(2);
  expect(early).toBeLessThan(40);
  expect(frames.some(({ value }) => value.hasContact === false)).toBe(true);
});

test('skin conducts more under stress, the hand is cooler', () => {
  const level = (arousal: number) => mean(take('skin', 200, arousal).flatMap(({ value }) => [...(value.eda?.samples ?? [])]));
  expect(level(0.7)).toBeGreaterThan(level(-0.5) + 2);
  const warmth = (arousal: number) => mean(take('thermometer', 200, arousal).map(({ value }) => value.skinTemperature ?? 0));
  expect(warmth(0.7)).toBeLessThan(warmth(-0.5) - 0.5);
});

test('the pulse sensor sends its beats with its wave', () => {
  const frames = take('pulse', 60, 0);
  expect(beatsOf(frames).length).toBeGreaterThan(50);
  expect(frames[0]?.value.ppg).toMatchObject({ sampleRate: 50 });
  expect(frames.every(({ value }) => (value.ppg?.samples ?? []).every((sample) => sample > 400 && sample < 800))).toBe(true);
});

test('the story of the tests has rest, stress and rest, from three devices in time order', () => {
  const frames = [...simulate(1)];
  const times = frames.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.at(-1)).toBe(600_000);
  expect(new Set(frames.map(({ value }) => value.deviceId)).size).toBe(3);
});
