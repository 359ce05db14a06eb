import { describe, expect, test } from 'vitest';
import type { Observation } from '../../../../src/core/emotion';
import type { Timed } from '../../../../src/core/units';
import { createEstimator } from '../../../../src/modalities/voice/estimator';
import { BLOCK, type VoiceFrame, type VoiceReading } from '../../../../src/modalities/voice/frame';
import { NOBODY } from '../../../../src/modalities/voice/profile/speakerProfile';
import { simulate } from '../../../../src/modalities/voice/simulate';
import { fakeVoiceSession, type Asked } from './fakeVoiceSession';

const frames = [...simulate(3)];

async function replay(stream: Iterable<Timed<VoiceFrame>>, seen: Asked[] = []) {
  const estimator = createEstimator([fakeVoiceSession(seen)]);
  const observations: Observation<'voice'>[] = [];
  const readings: VoiceReading[] = [];
  for (const frame of stream) {
    const observation = await estimator.push(frame);
    if (observation) observations.push(observation);
    if (estimator.reading) readings.push(estimator.reading);
  }
  return { estimator, observations, readings };
}

const estimatesOf = (observations: readonly Observation<'voice'>[]) =>
  observations.flatMap((o) => (o.kind === 'estimate' ? [o.estimate] : []));
const reasonsOf = (observations: readonly Observation<'voice'>[]) => observations.flatMap((o) => (o.kind === 'absent' ? [o.reason] : []));

describe('a simulated voice', () => {
  test('is judged every half second while it speaks, never twice on the same evidence', async () => {
    const seen: Asked[] = [];
    const { observations } = await replay(frames, seen);
    const estimates = estimatesOf(observations);
    expect(estimates.length).toBeGreaterThan(15);
    expect(estimates).toHaveLength(seen.length);
    for (const { probabilities, affect, windowMs, signalQuality } of estimates) {
      expect(Object.values(probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      expect(affect.valenceSd).toBeGreaterThan(0);
      expect(windowMs).toBeGreaterThanOrEqual(48 * 16);
      expect(windowMs).toBeLessThanOrEqual(188 * 16);
      expect(signalQuality).toBeGreaterThan(0.1);
    }
    const times = estimates.map(({ at }) => at);
    expect(Math.min(...times.slice(1).map((at, i) => at - (times[i] ?? 0)))).toBeGreaterThanOrEqual(480);
    expect(seen.every(({ frames: n, mel, profile }) => n >= 32 && n <= 188 && mel.length === 64 * n && profile.length === 64)).toBe(true);
    expect(seen.every(({ mel }) => mel.every((level) => level >= -80 && level <= 0))).toBe(true);
  });

  test('needs speech first and falls silent three seconds after it', async () => {
    const reasons = reasonsOf((await replay(frames)).observations);
    expect(reasons).toContain('warming-up');
    expect(reasons).toContain('no-speech');
  });

  test('without earlier speech the profile is the mean of the window itself', async () => {
    const seen: Asked[] = [];
    await replay(frames.slice(0, 20), seen);
    const { mel, frames: n, profile } = seen[0] ?? { mel: new Float32Array(), frames: 0, profile: new Float32Array() };
    for (const band of [0, 31, 63]) {
      const mean = Array.from({ length: n }, (_, t) => mel[t * 64 + band] ?? NaN).reduce((a, b) => a + b) / n;
      expect(profile[band]).toBeCloseTo(mean, 3);
    }
  });

  test('its reading has a pitch, columns for every frame, prosody and calm', async () => {
    const { readings } = await replay(frames);
    const columns = readings.reduce((sum, { mel }) => sum + mel.length / 64, 0);
    expect(Math.abs(columns - (frames.length * BLOCK) / 256)).toBeLessThan(4);
    expect(readings.every(({ mel }) => mel.every((level) => level >= 0 && level <= 1))).toBe(true);
    const speaking = readings.filter(({ isSpeaking, prosody }) => isSpeaking && prosody !== null);
    expect(speaking.length).toBeGreaterThan(50);
    const pitched = speaking.filter(({ f0 }) => f0 !== null);
    expect(pitched.length / speaking.length).toBeGreaterThan(0.8);
    expect(pitched.every(({ f0 }) => (f0 ?? 0) > 65 && (f0 ?? 0) < 600)).toBe(true);
    const { prosody, calm, quality } = speaking.at(-1) ?? {};
    expect(prosody?.voiced).toBeGreaterThan(0.4);
    expect(prosody?.speechRate).toBeGreaterThan(1);
    expect(Object.values(prosody ?? {}).every((x) => x === null || Number.isFinite(x))).toBe(true);
    expect(calm).toBeGreaterThan(0);
    expect(quality).toBeGreaterThan(0.3);
  });

  test('after enough speech the cues tell how it differs from the own average', async () => {
    const long = [...simulate(5, 16)];
    const { estimator, readings } = await replay(long);
    // Nobody read anything calmly.
    expect(estimator.baseline?.state.kind).toBe('none');
    const cues = readings.flatMap((reading) => reading.cues);
    expect(cues.length).toBeGreaterThan(0);
    expect(cues.every(({ distance }) => Math.abs(distance) >= 1)).toBe(true);
  });

  test('once its calm voice is known, the same speech is judged beside it', async () => {
    const reader = createEstimator([fakeVoiceSession()]);
    reader.baseline?.start();
    for (const frame of simulate(5, 13)) await reader.push(frame);
    expect(reader.baseline?.state.kind).toBe('ready');
    const { calm } = reader.baseline?.save() as { readonly calm: object };
    const known = createEstimator([fakeVoiceSession()]);
    known.baseline?.restore({ ...NOBODY, calm });
    const told: Observation<'voice'>[] = [];
    for (const frame of frames) {
      const observation = await known.push(frame);
      if (observation) told.push(observation);
    }
    const [first] = estimatesOf(told);
    const [unknown] = estimatesOf((await replay(frames)).observations);
    expect(first?.at).toBe(unknown?.at);
    expect(first?.probabilities.neutral).not.toBeCloseTo(unknown?.probabilities.neutral ?? NaN, 3);
    expect(first?.confidence).toBe(Math.max(...Object.values(first?.probabilities ?? {})));
    expect(first?.affect.valence).not.toBeCloseTo(unknown?.affect.valence ?? NaN, 3);
  });
});

describe('what is no speech', () => {
  const hum = (heard: VoiceFrame['heard']) =>
    frames.map((frame) => ({ ...frame, value: { ...frame.value, heard, isSpeech: new Uint8Array(3), speech: new Float32Array(3) } }));

  test.each([
    ['silence', 'no-speech'],
    ['not-speech', 'not-speech'],
    ['too-quiet', 'too-quiet'],
    ['speech', 'warming-up'],
  ] as const)('%s is absent as %s, and the model is not asked', async (heard, reason) => {
    const seen: Asked[] = [];
    const { observations } = await replay(hum(heard), seen);
    expect(new Set(reasonsOf(observations))).toEqual(new Set([reason]));
    expect(estimatesOf(observations)).toEqual([]);
    expect(seen).toEqual([]);
  });

  test('speech in loud noise, or cut off by the converter, is a poor signal', async () => {
    for (const spoilt of [{ noiseFloor: 0 }, { clipped: 0.2 }]) {
      const seen: Asked[] = [];
      const { observations } = await replay(
        frames.map((frame) => ({ ...frame, value: { ...frame.value, ...spoilt } })),
        seen,
      );
      expect(reasonsOf(observations)).toContain('poor-signal');
      expect(seen).toEqual([]);
    }
  });
});

describe('another take', () => {
  const later = frames.slice(20, 35);

  test.each([
    ['another microphone', later.map((f) => ({ ...f, value: { ...f.value, source: { ...f.value.source, take: 2 } } }))],
    ['lost sound', later.map((f) => ({ ...f, value: { ...f.value, sampleTime: f.value.sampleTime + 512 } }))],
  ])('%s starts the window anew', async (_, after) => {
    const seen: Asked[] = [];
    const whole: Asked[] = [];
    await replay([...frames.slice(0, 20), ...later], whole);
    await replay([...frames.slice(0, 20), ...after], seen);
    const before = estimatesOf((await replay(frames.slice(0, 20))).observations).length;
    expect(seen[before]?.frames ?? 0).toBeLessThan(whole[before]?.frames ?? 0);
  });
});

test('reset forgets the window and keeps the profile', async () => {
  const { estimator } = await replay(simulate(5, 12));
  const saved = estimator.baseline?.save();
  expect(saved).not.toBeNull();
  estimator.reset();
  expect(estimator.reading).toBeNull();
  expect(estimator.baseline?.save()).toEqual(saved);
});

test('needs its session', () => expect(() => createEstimator([])).toThrow(expect.objectContaining({ code: 'model/unavailable' })));
