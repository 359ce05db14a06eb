import { describe, expect, it, vi } from 'vitest';
import { NO_DETAIL } from '../../../../../src/core/trackDetail';
import { estimateKey } from '../../../../../src/library/features/estimateKey';
import { HopMeter } from '../../../../../src/library/features/level/hopMeter';
import { createFrameTable, N_MELS, SAMPLE_RATE } from '../../../../../src/library/features/segmentLayout';
import { Segmenter } from '../../../../../src/library/features/segmenter';
import { SongMeter } from '../../../../../src/library/features/song/songMeter';
import { SpectrogramMeter } from '../../../../../src/library/features/song/spectrogramMeter';
import { describeFrames } from '../../../../support/describeFrames';
import { noise, signal } from '../signals';

// Minutes of sound on a busy machine take longer than the default 5 s.
vi.setConfig({ testTimeout: 120_000 });

function describeSong(samples: Float32Array) {
  const song = new SongMeter();
  const hops = new HopMeter();
  const segmenter = new Segmenter((table) => {
    song.add(table);
  });
  segmenter.push(samples);
  hops.push(samples);
  segmenter.finish();
  return song.describe(hops, samples.length / SAMPLE_RATE);
}

const average = (values: readonly number[] = []): number => values.reduce((sum, x) => sum + x, 0) / Math.max(values.length, 1);

describe('summary of a song', () => {
  it('is the mean of the frames, as far as its band allows', () => {
    const samples = signal('chords', SAMPLE_RATE);
    const { summary } = describeSong(samples);
    const frames = describeFrames(samples);
    expect(summary.rms).toBeCloseTo(average(frames.rms[0]), 2);
    expect(summary.zeroCrossingRate).toBeCloseTo(average(frames.zeroCrossingRate[0]), 3);
    expect(Math.abs(summary.centroid / average(frames.centroid[0]) - 1)).toBeLessThan(0.1);
    frames.tonnetz.forEach((row, k) => {
      expect(Math.abs((summary.tonnetz[k] ?? NaN) - average(row))).toBeLessThan(0.02);
    });
    expect(Math.max(...summary.chroma)).toBe(1);
  });

  it('tells noise from tone, and does not depend on gain but for level', () => {
    const hiss = Float32Array.from(noise(5 * SAMPLE_RATE, 3), (x) => 0.3 * x);
    const { summary } = describeSong(hiss);
    expect(summary.flatness).toBeGreaterThan(0.5);
    expect(describeSong(signal('chirp', SAMPLE_RATE)).summary.flatness).toBeLessThan(0.05);
    const quiet = describeSong(hiss.map((x) => x / 10)).summary;
    expect(quiet.centroid).toBeCloseTo(summary.centroid, 2);
    expect(quiet.rms).toBeCloseTo(summary.rms / 10, 6);
    expect(quiet.mfcc[1]).toBeCloseTo(summary.mfcc[1] ?? NaN, 3);
  });

  it.each([
    ['silence', new Float32Array(3 * SAMPLE_RATE)],
    ['nothing', new Float32Array(0)],
  ])('is zeros for %s', (_, samples) => {
    expect(describeSong(samples).summary).toEqual(NO_DETAIL.summary);
  });

  it.each([
    ['a constant', new Float32Array(SAMPLE_RATE).fill(0.5)],
    ['a click', new Float32Array(SAMPLE_RATE).fill(1, 9000, 9001)],
    ['clipping', signal('beats', SAMPLE_RATE).map((x) => Math.sign(x))],
    ['one sample', Float32Array.of(0.5)],
  ])('is finite for %s', (_, samples) => {
    const { summary, spectrogram, trim } = describeSong(samples);
    const numbers = [
      ...Object.values(summary).flatMap((value) => (typeof value === 'number' ? [value] : Array.from(value))),
      trim.start,
      trim.end,
    ];
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(spectrogram.columns).toBeGreaterThan(0);
  });
});

describe('key of synthetic cadences', () => {
  const TRIADS = {
    major: [
      [0, 4, 7],
      [5, 9, 12],
      [7, 11, 14],
      [0, 4, 7],
    ],
    minor: [
      [0, 3, 7],
      [5, 8, 12],
      [7, 11, 14],
      [0, 3, 7],
    ],
  } as const;

  /** I IV V I, each note with six harmonics. */
  function cadence(tonic: number, mode: 'major' | 'minor'): Float32Array {
    const seconds = 8;
    return Float32Array.from({ length: seconds * SAMPLE_RATE }, (_, i) => {
      const t = i / SAMPLE_RATE;
      const chord = TRIADS[mode][Math.floor((4 * t) / seconds)] ?? [];
      let x = 0;
      for (const step of chord) {
        const hz = 440 * 2 ** ((tonic + step - 9) / 12);
        for (let n = 1; n <= 6; n++) x += Math.sin(2 * Math.PI * hz * n * t) / n ** 1.5;
      }
      return 0.08 * x;
    });
  }

  it.each(Array.from({ length: 12 }, (_, tonic) => tonic))('tonic %i, major and minor', (tonic) => {
    for (const mode of ['major', 'minor'] as const) {
      const key = estimateKey(describeSong(cadence(tonic, mode)).summary.chroma);
      expect(key, mode).toMatchObject({ pitchClass: tonic, mode });
    }
  });
});

describe('SpectrogramMeter', () => {
  const tableOf = (frames: number, level: (t: number, m: number) => number) => {
    const table = createFrameTable(frames);
    for (let t = 0; t < frames; t++) for (let m = 0; m < N_MELS; m++) table.mel[t * N_MELS + m] = level(t, m);
    return table;
  };

  it('spans 80 dB from the loudest cell', () => {
    const meter = new SpectrogramMeter();
    meter.add(tableOf(3, (t) => [0, -40, -90][t] ?? 0));
    const { bands, columns, levels } = meter.picture();
    expect([bands, columns]).toEqual([64, 3]);
    expect([levels[0], levels[64], levels[128]]).toEqual([255, 128, 0]);
  });

  it('has at most 400 columns, each the mean of its frames, however long the song', () => {
    for (const frames of [399, 400, 401, 1000, 12_345]) {
      const meter = new SpectrogramMeter();
      for (let from = 0; from < frames; from += 646) meter.add(tableOf(Math.min(646, frames - from), (t) => (-60 * (from + t)) / frames));
      const { columns, levels } = meter.picture();
      expect(columns).toBeLessThanOrEqual(400);
      expect(columns).toBeGreaterThan(frames < 400 ? frames - 1 : 200);
      expect(levels[0]).toBe(255);
      for (let c = 1; c < columns; c++) expect(levels[c * N_MELS]).toBeLessThanOrEqual(levels[(c - 1) * N_MELS] ?? 0);
    }
  });

  it('is black for silence, and has no column for nothing', () => {
    const meter = new SpectrogramMeter();
    expect(meter.picture().columns).toBe(0);
    meter.add(tableOf(10, () => -100));
    expect(Math.max(...meter.picture().levels)).toBe(0);
  });
});
