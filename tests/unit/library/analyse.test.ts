import { describe, expect, it, vi } from 'vitest';
import type { AnalysisResult } from '../../../src/library/analyse';
import { analyseTrack, createAnalyser } from '../../../src/library/analyse';
import type { MusicModel } from '../../../src/library/features/emotion/musicModel';
import { FEATURES } from '../../../src/library/features/segmentLayout';
import { fakeListener, fakeMusicModel } from '../../support/fakeMusicModel';
import { noise, signal } from './features/signals';

// Minutes of sound on a busy machine take longer than the default 5 s.
vi.setConfig({ testTimeout: 60_000 });

const LOGITS = [0.6, 0.2, 0.15, 0.05].map(Math.log);

/** Answers every passage alike; `seen` collects the evidence it was given. */
const fakeModel = (seen: Float32Array[] = [], logits: readonly number[] = LOGITS): MusicModel =>
  fakeMusicModel(FEATURES, (row) => {
    seen.push(row);
    return { logits, embedding: [0, 0.6, 0.8], attention: [0] };
  });

/** Every number of a result, however deep. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (value instanceof Float32Array || value instanceof Uint8Array) return Array.from(value);
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersOf) : [];
}

const RATE = 22_050;
const analyse = (samples: Float32Array, model = fakeModel()): Promise<AnalysisResult> =>
  analyseTrack({ channels: [samples], sampleRate: RATE }, model);

describe('analyseTrack', () => {
  it('knows tempo, onset rate, loudness, affect and length of a beat', async () => {
    const result = await analyse(signal('beats', RATE));
    expect(Math.abs(result.tempo - 120)).toBeLessThan(1.5);
    expect(result.tempoConfidence).toBeGreaterThan(0.5);
    expect(result.onsetRate).toBeGreaterThan(1.8);
    expect(result.onsetRate).toBeLessThan(2.2);
    expect(result.duration).toBeCloseTo(15, 6);
    expect(result.quadrants.Q1).toBeCloseTo(0.6, 5);
    expect(result.affect.valence).toBeCloseTo(0.3, 5);
    expect(result.affect.arousal).toBeCloseTo(0.6, 5);
    expect(result.affect.arousalSd).toBeCloseTo(0.8, 5);
    expect(result.detail.curve).toHaveLength(5);
    expect(Math.hypot(...result.embedding)).toBeCloseTo(1, 6);
    expect(result.detail.peaks).toHaveLength(400);
  });

  it('knows the key of a chord progression in A minor or its relative C major', async () => {
    expect([0, 9]).toContain((await analyse(signal('chords', RATE))).key.pitchClass);
  });

  it('gives one point of the course per 15 s', async () => {
    const samples = Float32Array.from(noise(50 * RATE, 2), (x) => 0.1 * x);
    const { curve } = (await analyse(samples)).detail;
    expect(curve.map(({ at }) => Math.round(at))).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42]);
  });

  it.each([
    ['silence', () => 0],
    ['an offset', () => 0.7],
    ['full-scale square', (i: number) => (i % 100 < 50 ? 9 : -9)],
    ['damage', (i: number) => (i % 3 === 0 ? NaN : i % 3 === 1 ? Infinity : 0.1)],
  ])('survives %s with finite numbers in their ranges', async (_, at: (i: number) => number) => {
    for (const length of [10, 0.2 * RATE, 6 * RATE]) {
      const result = await analyse(Float32Array.from({ length }, (_, i) => at(i)));
      expect(numbersOf(result).every(Number.isFinite)).toBe(true);
      expect(result.loudness).toBeGreaterThanOrEqual(-70);
    }
  });

  it('says of silence that it knows nothing, without asking the model', async () => {
    const seen: Float32Array[] = [];
    const result = await analyse(new Float32Array(6 * RATE), fakeModel(seen));
    expect(seen).toHaveLength(0);
    expect(result).toMatchObject({
      tempo: 0,
      loudness: -70,
      affect: { valence: 0, arousal: 0, valenceSd: 1, arousalSd: 1 },
      quadrants: { Q1: 0.25 },
      truePeak: -70,
      detail: { curve: [] },
    });
    expect(Array.from(result.embedding)).toEqual([0, 0, 0]);
  });

  it('is the same whether streamed or whole, and for one channel or two alike', async () => {
    const samples = signal('six', 44_100);
    const whole = await analyseTrack({ channels: [samples, samples], sampleRate: 44_100 }, fakeModel());
    const analyser = createAnalyser(44_100);
    for (let from = 0; from < samples.length; from += 30_001)
      analyser.push([samples.subarray(from, from + 30_001), samples.subarray(from, from + 30_001)]);
    const streamed = await analyser.finish(fakeModel());
    // Sums of squares are added in another order.
    const { loudness, loudnessRange, detail } = streamed;
    expect(streamed).toEqual({ ...whole, loudness, loudnessRange, detail: { ...whole.detail, dynamicRange: detail.dynamicRange } });
    expect(loudness).toBeCloseTo(whole.loudness, 9);
    expect(loudnessRange).toBeCloseTo(whole.loudnessRange, 9);
    expect((await analyseTrack({ channels: [samples], sampleRate: 44_100 }, fakeModel())).tempo).toBe(whole.tempo);
  });

  it('reports progress up to 1 and stops when aborted', async () => {
    const done: number[] = [];
    await analyseTrack({ channels: [signal('six', RATE)], sampleRate: RATE }, fakeModel(), { onProgress: (x) => done.push(x) });
    expect(done.at(-1)).toBe(1);
    expect([...done].sort((a, b) => a - b)).toEqual(done);
    const controller = new AbortController();
    const running = analyseTrack({ channels: [signal('six', RATE)], sampleRate: RATE }, fakeModel(), {
      signal: controller.signal,
      pause: () => {
        controller.abort();
        return Promise.resolve();
      },
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('names its failures', async () => {
    await expect(analyse(new Float32Array(0))).rejects.toMatchObject({ code: 'library/empty-file' });
    const broken: MusicModel = { ...fakeModel(), listener: { ...fakeListener, run: () => Promise.reject(new Error('out of memory')) } };
    await expect(analyse(signal('short', RATE), broken)).rejects.toMatchObject({ code: 'model/run-failed' });
    await expect(analyse(signal('short', RATE), fakeModel([], [NaN, 0, 0, 0]))).rejects.toMatchObject({ code: 'model/run-failed' });
  });
});
