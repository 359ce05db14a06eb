import { describe, expect, test } from 'vitest';
import { framesOf } from '../../../../../src/modalities/physiology/recordings/replay/frames';
import { judgeStress } from '../../../../../src/modalities/physiology/recordings/replay/judge';
import { stretchesOf, wholeOf } from '../../../../../src/modalities/physiology/recordings/replay/stretches';
import { summarise } from '../../../../../src/modalities/physiology/recordings/replay/summary';
import { RecordingBuilder } from '../../../../../src/modalities/physiology/recordings/recordingBuilder';
import { createEstimator } from '../../../../../src/modalities/physiology/estimator';
import { simulate } from '../../../../../src/modalities/physiology/simulate';
import { rmssd } from '../../../../../src/dsp/physiology/hrv/timeDomain';
import { fakeStressSession } from '../fakeStressSession';
import { DAY } from './support';

/** Ten minutes of the simulated person, as a recording. */
function simulated(startAt = DAY) {
  const builder = new RecordingBuilder();
  for (const { at, value } of simulate(3)) {
    let beatAt = startAt + at;
    for (const rr of value.rrIntervals.toReversed()) {
      builder.addInterval(beatAt, rr);
      beatAt -= rr;
    }
    if (value.heartRate !== null) builder.addHeartRate(startAt + at - 1, value.heartRate);
    const { eda } = value;
    eda?.samples.forEach((sample, i) =>
      builder.addConductance(startAt + at - ((eda.samples.length - 1 - i) * 1000) / eda.sampleRate - 1, sample),
    );
    if (value.skinTemperature !== null) builder.addSkinTemperature(startAt + at - 1, value.skinTemperature);
  }
  return builder.finish('table');
}

describe('stretches', () => {
  test('pauses of more than two minutes part them; short ones are none; newest first', () => {
    const builder = new RecordingBuilder();
    for (const start of [0, 1_000_000, 5_000_000])
      for (let s = 0; s < (start === 1_000_000 ? 30 : 300); s += 5) builder.addHeartRate(DAY + start + s * 1000, 60);
    const recording = builder.finish('table');
    expect(stretchesOf(recording)).toEqual([
      { from: DAY + 5_000_000, to: DAY + 5_295_000 },
      { from: DAY, to: DAY + 295_000 },
    ]);
    expect(wholeOf(recording)).toEqual({ from: DAY, to: DAY + 5_295_000 });
  });

  test('waves count as well', () => {
    const builder = new RecordingBuilder();
    builder.addPpg(DAY, 64, new Float32Array(64 * 100));
    builder.addHeartRate(DAY + 90_000, 60);
    expect(stretchesOf(builder.finish('empatica'))).toEqual([{ from: DAY, to: DAY + 100_000 }]);
  });
});

describe('packets', () => {
  test('each reading once, at the end of its second, nothing where nothing was', () => {
    const recording = simulated();
    const frames = [...framesOf(recording, wholeOf(recording), 'r')];
    expect(frames.reduce((sum, { value }) => sum + value.rrIntervals.length, 0)).toBe(recording.rr.length);
    expect(frames.reduce((sum, { value }) => sum + (value.eda?.samples.length ?? 0), 0)).toBe(recording.eda.length);
    expect(frames.every(({ value }) => value.kind === 'recording' && value.deviceId === 'r')).toBe(true);
    expect(frames.every(({ at }, i) => i === 0 || at > (frames[i - 1]?.at ?? 0))).toBe(true);
  });

  test('waves go over the borders of their pieces; a pause has no packet', () => {
    const builder = new RecordingBuilder();
    builder.addPpg(DAY, 4, Float32Array.of(0, 1, 2, 3, 4, 5));
    builder.addPpg(DAY + 1500, 4, Float32Array.of(6, 7));
    builder.addAcceleration(DAY, 2, [Float32Array.of(0, 0), Float32Array.of(0, 0), Float32Array.of(1, 1)]);
    builder.addHeartRate(DAY + 5000, 60);
    const recording = builder.finish('empatica');
    const frames = [...framesOf(recording, wholeOf(recording), 'r')];
    expect(frames.map(({ at, value }) => [at - DAY, [...(value.ppg?.samples ?? [])]])).toEqual([
      [1000, [0, 1, 2, 3]],
      [2000, [4, 5, 6, 7]],
      [6000, []],
    ]);
    expect(frames[0]?.value.acceleration).toMatchObject({ sampleRate: 2, z: Float32Array.of(1, 1) });
  });
});

describe('summary', () => {
  test('curves of the simulated person: means, and no more steps than a drawing needs', () => {
    const recording = simulated();
    const summary = summarise(recording, wholeOf(recording));
    expect(summary.heartRate?.values.length).toBeLessThanOrEqual(240);
    expect(summary.heartRate?.mean).toBeGreaterThan(55);
    expect(summary.heartRate?.most).toBeGreaterThan((summary.heartRate?.least ?? 0) + 10);
    // Activated in the middle: variability falls, conductance rises.
    const rest = summary.rmssd?.values[1] ?? 0;
    const stress = summary.rmssd?.values[6] ?? 0;
    expect(stress).toBeLessThan(rest);
    expect(summary.microsiemens?.most).toBeGreaterThan((summary.microsiemens?.least ?? 0) + 1);
    expect(summary.skinTemperature?.mean).toBeGreaterThan(30);
  });

  test('RMSSD of one clean minute is that of its intervals; beats alone give the rate', () => {
    const builder = new RecordingBuilder();
    const intervals = Array.from({ length: 60 }, (_, i) => 950 + (i % 3) * 20);
    intervals.reduce((at, rr) => (builder.addInterval(at + rr, rr), at + rr), DAY);
    const recording = builder.finish('table');
    const summary = summarise(recording, wholeOf(recording));
    expect(summary.rmssd?.values[0]).toBeCloseTo(rmssd(intervals) ?? 0, 3);
    expect(summary.heartRate?.mean).toBeCloseTo(61.9, 1);
    expect(summary.microsiemens).toBeNull();
  });

  test('a pause between beats is no difference', () => {
    const builder = new RecordingBuilder();
    for (const start of [DAY, DAY + 30_000]) for (let i = 1; i <= 20; i++) builder.addInterval(start + i * 800, start === DAY ? 800 : 810);
    const recording = builder.finish('table');
    expect(summarise(recording, wholeOf(recording)).rmssd?.mean).toBeLessThan(1);
  });

  test('nothing measured: no curve, no NaN', () => {
    const builder = new RecordingBuilder();
    builder.addSkinTemperature(DAY, 33);
    const recording = builder.finish('table');
    expect(summarise(recording, wholeOf(recording))).toMatchObject({ heartRate: null, rmssd: null, microsiemens: null });
  });
});

describe('stress', () => {
  const options = { signal: new AbortController().signal, breathe: () => Promise.resolve() };

  test('against its own first two minutes: higher in the strained ones', async () => {
    const recording = simulated();
    const estimator = createEstimator([fakeStressSession()]);
    const curve = await judgeStress(recording, wholeOf(recording), estimator, options);
    const at = (minute: number) => curve?.values[Math.floor((minute * 60_000) / (curve.step || 1))] ?? NaN;
    expect(at(1)).toBeNaN();
    expect(at(7)).toBeGreaterThan(at(2.8));
  });

  test('can be stopped', async () => {
    const controller = new AbortController();
    controller.abort();
    const recording = simulated();
    const judging = judgeStress(recording, wholeOf(recording), createEstimator([fakeStressSession()]), {
      ...options,
      signal: controller.signal,
    });
    await expect(judging).rejects.toMatchObject({ name: 'AbortError' });
  });
});
