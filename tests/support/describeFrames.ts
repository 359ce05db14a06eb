import { clampRange, powerToDb } from '../../src/dsp/decibel';
import { rootMeanSquare, zeroCrossingRate } from '../../src/dsp/energy';
import { chromaFilters } from '../../src/dsp/spectrum/chromaFilters';
import { applyFilters, melFilters } from '../../src/dsp/spectrum/mel';
import { mfcc } from '../../src/dsp/spectrum/mfcc';
import { PowerSpectrum } from '../../src/dsp/spectrum/powerSpectrum';
import { contrastBands, SpectralContrast } from '../../src/dsp/spectrum/spectralContrast';
import { measureShape, spectralFlatness } from '../../src/dsp/spectrum/spectralShape';
import { tonalCentroid } from '../../src/dsp/spectrum/tonalCentroid';
import { onsetStrength } from '../../src/library/features/onset';

const SIZE = 2048,
  HOP = 512,
  RATE = 22_050,
  MELS = 128;
const FILTERS = melFilters({ sampleRate: RATE, nFft: SIZE, nMels: MELS, minHz: 0, maxHz: RATE / 2 });
const CHROMA = chromaFilters(RATE, SIZE);

export const FEATURE_NAMES = [
  'mfcc',
  'chroma',
  'contrast',
  'tonnetz',
  'centroid',
  'bandwidth',
  'rolloff',
  'flatness',
  'zeroCrossingRate',
  'rms',
  'onsetStrength',
] as const;
export type FeatureName = (typeof FEATURE_NAMES)[number];

/** Half a frame of zeros either side, as librosa's center=True. */
function centred(signal: Float32Array): Float32Array {
  const out = new Float32Array(signal.length + SIZE);
  out.set(signal, SIZE / 2);
  return out;
}

/** [width][frames] of a row-major [frames x width] matrix. */
const columns = (values: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: width }, (_, k) => Array.from({ length: values.length / width }, (_, t) => values[t * width + k] ?? 0));

/** Spectral features of every frame over the whole band as librosa sees it: [coefficient][frame]. @param mono at 22,050 Hz */
export function describeFrames(mono: Float32Array): Record<FeatureName, number[][]> {
  const signal = centred(mono);
  const frames = Math.floor(mono.length / HOP) + 1;
  const spectrum = new PowerSpectrum(SIZE);
  const contrast = new SpectralContrast(contrastBands(RATE, SIZE, 0, SIZE / 2));
  const power = new Float64Array(SIZE / 2 + 1);
  const mel = new Float32Array(frames * MELS),
    peak = new Float32Array(frames * 7),
    valley = new Float32Array(frames * 7);
  const single: Record<'centroid' | 'bandwidth' | 'rolloff' | 'flatness' | 'zeroCrossingRate' | 'rms', number[]> = {
    centroid: [],
    bandwidth: [],
    rolloff: [],
    flatness: [],
    zeroCrossingRate: [],
    rms: [],
  };
  const chroma: number[] = [],
    tonnetz: number[] = [];
  for (let t = 0; t < frames; t++) {
    spectrum.measure(signal, t * HOP, power);
    const magnitude = power.map(Math.sqrt);
    const shape = { centroid: 0, bandwidth: 0, rolloff: 0 };
    measureShape(magnitude, RATE / SIZE, 0, SIZE / 2, shape);
    single.centroid.push(shape.centroid);
    single.bandwidth.push(shape.bandwidth);
    single.rolloff.push(shape.rolloff);
    single.flatness.push(spectralFlatness(power));
    single.rms.push(rootMeanSquare(signal, t * HOP, SIZE));
    single.zeroCrossingRate.push(zeroCrossingRate(signal, t * HOP, SIZE));
    const classes = CHROMA.map((row) => row.reduce((sum, w, k) => sum + w * (power[k] ?? 0), 0));
    const largest = Math.max(...classes, 1e-30);
    chroma.push(...classes.map((x) => x / largest));
    tonnetz.push(...tonalCentroid(classes));
    applyFilters(FILTERS, power, mel, t * MELS);
    contrast.measure(magnitude, peak, valley, t * 7);
  }
  const level = mel.map(powerToDb);
  clampRange(level, 80);
  clampRange(peak, 80);
  clampRange(valley, 80);
  const wrapped = Object.fromEntries(Object.entries(single).map(([name, values]) => [name, [values]])) as Record<
    keyof typeof single,
    number[][]
  >;
  return {
    ...wrapped,
    chroma: columns(chroma, 12),
    tonnetz: columns(tonnetz, 6),
    mfcc: columns(mfcc(level, MELS, 20), 20),
    contrast: columns(
      peak.map((p, i) => p - (valley[i] ?? 0)),
      7,
    ),
    onsetStrength: columns(onsetStrength(level, MELS), 1),
  };
}

/** Pearson's; 1 when both hardly vary against their size, as rounding alone would decide then. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (x: readonly number[]): number => x.reduce((sum, v) => sum + v, 0) / x.length;
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
  const size = Math.max(...b.map(Math.abs), 1e-3);
  const isFlat = (sum: number): boolean => Math.sqrt(sum / a.length) < 2e-4 * size;
  return isFlat(aa) && isFlat(bb) ? 1 : ab / Math.sqrt(aa * bb);
}
