import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { clampRange, powerToDb } from '../../../src/dsp/decibel';
import { rootMeanSquare, zeroCrossingRate } from '../../../src/dsp/energy';
import { chromaFilters } from '../../../src/dsp/spectrum/chromaFilters';
import { applyFilters, melFilters } from '../../../src/dsp/spectrum/mel';
import { mfcc } from '../../../src/dsp/spectrum/mfcc';
import { PowerSpectrum } from '../../../src/dsp/spectrum/powerSpectrum';
import { contrastBands, SpectralContrast } from '../../../src/dsp/spectrum/spectralContrast';
import { measureShape, spectralFlatness } from '../../../src/dsp/spectrum/spectralShape';
import { onsetStrength } from '../../../src/library/features/onset';

// Minutes of sound on a busy machine take longer than the default 5 s.
vi.setConfig({ testTimeout: 60_000 });

interface Feature {
  mean: number[];
  first_50_frames: number[][];
}
interface Signal {
  file: string;
  features: Record<string, Feature>;
  onset_strength_first_50: number[];
}
const folder = join(process.env.SYNCIN_DATA ?? '../shared/data', 'reference/librosa');
const SIZE = 2048,
  HOP = 512,
  RATE = 22_050;

/** 16-bit mono with a 44-byte header, padded by half a frame either side as librosa's center=True does. */
function readCentred(file: string): Float32Array {
  const bytes = readFileSync(join(folder, file));
  const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.byteLength));
  const out = new Float32Array(samples.length + SIZE);
  samples.forEach((x, i) => {
    out[SIZE / 2 + i] = x / 32768;
  });
  return out;
}

const FILTERS = melFilters({ sampleRate: RATE, nFft: SIZE, nMels: 128, minHz: 0, maxHz: RATE / 2 });
const CHROMA = chromaFilters(RATE, SIZE);

/** Every descriptor of every frame, [descriptor][coefficient][frame], over the whole band as librosa sees it. */
function describeAll(signal: Float32Array): Record<string, number[][]> {
  const frames = Math.floor((signal.length - SIZE) / HOP) + 1;
  const spectrum = new PowerSpectrum(SIZE);
  const contrast = new SpectralContrast(contrastBands(RATE, SIZE, 0, SIZE / 2));
  const power = new Float64Array(SIZE / 2 + 1);
  const mel = new Float32Array(frames * 128),
    peak = new Float32Array(frames * 7),
    valley = new Float32Array(frames * 7);
  const out: Record<string, number[][]> = {
    spectral_centroid: [[]],
    spectral_bandwidth: [[]],
    spectral_rolloff: [[]],
    spectral_flatness: [[]],
    zero_crossing_rate: [[]],
    rms: [[]],
    chroma_stft: Array.from({ length: 12 }, () => []),
  };
  const add = (name: string, value: number, row = 0): void => {
    out[name]?.[row]?.push(value);
  };
  for (let t = 0; t < frames; t++) {
    spectrum.measure(signal, t * HOP, power);
    const magnitude = power.map(Math.sqrt);
    const shape = { centroid: 0, bandwidth: 0, rolloff: 0 };
    measureShape(magnitude, RATE / SIZE, 0, SIZE / 2, shape);
    add('spectral_centroid', shape.centroid);
    add('spectral_bandwidth', shape.bandwidth);
    add('spectral_rolloff', shape.rolloff);
    add('spectral_flatness', spectralFlatness(power));
    add('rms', rootMeanSquare(signal, t * HOP, SIZE));
    add('zero_crossing_rate', zeroCrossingRate(signal, t * HOP, SIZE));
    const chroma = CHROMA.map((row) => row.reduce((sum, w, k) => sum + w * (power[k] ?? 0), 0));
    const largest = Math.max(...chroma, 1e-30);
    chroma.forEach((x, pitch) => {
      add('chroma_stft', x / largest, pitch);
    });
    applyFilters(FILTERS, power, mel, t * 128);
    contrast.measure(magnitude, peak, valley, t * 7);
  }
  const level = mel.map(powerToDb);
  clampRange(level, 80);
  clampRange(peak, 80);
  clampRange(valley, 80);
  const rows = (values: ArrayLike<number>, width: number): number[][] =>
    Array.from({ length: width }, (_, k) => Array.from({ length: frames }, (_, t) => values[t * width + k] ?? 0));
  return {
    ...out,
    mfcc: rows(mfcc(level, 128, 13), 13),
    spectral_contrast: rows(
      peak.map((p, i) => p - (valley[i] ?? 0)),
      7,
    ),
    onset: rows(onsetStrength(level, 128), 1),
  };
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (x: readonly number[]): number => x.reduce((s, v) => s + v, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  let ab = 0,
    aa = 0,
    bb = 0;
  a.forEach((x, i) => {
    const y = (b[i] ?? 0) - mb;
    ab += (x - ma) * y;
    aa += (x - ma) ** 2;
    bb += y * y;
  });
  return ab / Math.sqrt(aa * bb);
}

const NAMES = [
  'mfcc',
  'chroma_stft',
  'spectral_contrast',
  'spectral_centroid',
  'spectral_bandwidth',
  'spectral_rolloff',
  'spectral_flatness',
  'zero_crossing_rate',
  'rms',
];
const REAL = ['vibe_ace', 'hungarian_dance_5', 'solo_trumpet'];

describe.skipIf(!existsSync(folder))('descriptors against librosa 0.11 (needs the data folder)', () => {
  const reference = existsSync(folder)
    ? (JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { signals: Record<string, Signal> }).signals
    : {};
  it.each(REAL)('%s: every coefficient of every descriptor correlates above .999', (name) => {
    const expected = reference[name];
    if (expected === undefined) throw new Error('no reference');
    const actual = describeAll(readCentred(expected.file));
    for (const descriptor of NAMES) {
      expected.features[descriptor]?.first_50_frames.forEach((row, k) => {
        const ours = actual[descriptor]?.[k] ?? [];
        expect(correlation(ours.slice(0, row.length), row), `${descriptor}[${String(k)}]`).toBeGreaterThan(0.999);
        const mean = ours.reduce((sum, x) => sum + x, 0) / ours.length;
        const wanted = expected.features[descriptor]?.mean[k] ?? NaN;
        expect(Math.abs(mean - wanted), `${descriptor}[${String(k)}] mean`).toBeLessThan(0.005 * Math.abs(wanted) + 0.05);
      });
    }
    // librosa shifts its onset strength by half a frame: 2 hops.
    expect(correlation((actual.onset?.[0] ?? []).slice(0, 48), expected.onset_strength_first_50.slice(2))).toBeGreaterThan(0.999);
  });
});
