import { BANDS, type MelWindow } from '../frontEnd/melStream';

/** What a voice does, in units in which differences mean the same at any height. */
export const TRAITS = ['pitch', 'range', 'energy', 'rate', 'harmonicity', 'tilt'] as const;
/**
 * pitch: median f0 in semitones re 100 Hz. range: standard deviation of f0 in semitones. energy: level of the speech, dB. rate: syllables
 * per second. harmonicity: harmonics-to-noise ratio, dB. tilt: level above 1 kHz re that below, dB.
 */
export type Trait = (typeof TRAITS)[number];
/** null where a stretch of speech did not show it. */
export type Traits = Readonly<Record<Trait, number | null>>;

interface Moments {
  readonly mean: number;
  /** Population variance. */
  readonly variance: number;
  /** Stretches of speech that count. */
  readonly n: number;
}

/** Averages of somebody's speech: plain numbers that may be stored. */
export interface Tally {
  /** Spectrogram frames that count. */
  readonly frames: number;
  /** [64] mean dB per band. */
  readonly bands: readonly number[];
  readonly traits: Readonly<Record<Trait, Moments>>;
}

/** Ten minutes of speech: what is older fades, so that the averages follow another room, cold or age. */
const MOST_FRAMES = 37_500;
/** Stretches that count, about as long. */
const MOST_STRETCHES = 600;

const NOTHING: Moments = { mean: 0, variance: 0, n: 0 };

export const emptyTally = (): Tally => ({
  frames: 0,
  bands: new Array<number>(BANDS).fill(0),
  traits: { pitch: NOTHING, range: NOTHING, energy: NOTHING, rate: NOTHING, harmonicity: NOTHING, tilt: NOTHING },
});

/** Sum over the frames of each band. */
function bandSums({ frames, mel }: MelWindow): Float64Array {
  const sums = new Float64Array(BANDS);
  for (let i = 0; i < frames * BANDS; i++) sums[i % BANDS] = (sums[i % BANDS] ?? 0) + (mel[i] ?? 0);
  return sums;
}

/** Mean dB per band over the tallied frames and those of a window: with nothing tallied, the window's own mean. */
export function meanBands({ frames, bands }: Tally, window: MelWindow): Float32Array {
  const sums = bandSums(window);
  const total = Math.max(1, frames + window.frames);
  return Float32Array.from(bands, (mean, band) => (mean * frames + (sums[band] ?? 0)) / total);
}

/** @param window frames that were not tallied before */
export function addFrames(tally: Tally, window: MelWindow): Tally {
  if (window.frames === 0) return tally;
  return { ...tally, bands: Array.from(meanBands(tally, window)), frames: Math.min(tally.frames + window.frames, MOST_FRAMES) };
}

function addValue(before: Moments, value: number | null): Moments {
  if (value === null) return before;
  const n = Math.min(before.n + 1, MOST_STRETCHES);
  const away = value - before.mean;
  const mean = before.mean + away / n;
  // Welford's update; with n held it forgets exponentially.
  return { n, mean, variance: before.variance + (away * (value - mean) - before.variance) / n };
}

/** One more stretch of speech, which overlaps no other. */
export function addTraits(tally: Tally, traits: Traits): Tally {
  const after = TRAITS.map((trait) => [trait, addValue(tally.traits[trait], traits[trait])] as const);
  return { ...tally, traits: Object.fromEntries(after) as unknown as Tally['traits'] };
}

const isFiniteNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function readMoments(saved: unknown): Moments | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { mean, variance, n } = saved as Readonly<Record<string, unknown>>;
  if (!isFiniteNumber(mean) || !isFiniteNumber(variance) || !isFiniteNumber(n)) return null;
  return variance >= 0 && n >= 0 && n <= MOST_STRETCHES ? { mean, variance, n } : null;
}

const isBands = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length === BANDS && value.every(isFiniteNumber);

function readTraits(saved: unknown): Tally['traits'] | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const read = TRAITS.map((trait) => [trait, readMoments((saved as Readonly<Record<string, unknown>>)[trait])] as const);
  return read.every(([, moments]) => moments !== null) ? (Object.fromEntries(read) as unknown as Tally['traits']) : null;
}

/** What was a tally once, or null for anything else. */
export function readTally(saved: unknown): Tally | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { frames, bands, traits: moments } = saved as Readonly<Record<string, unknown>>;
  const traits = readTraits(moments);
  if (!isFiniteNumber(frames) || !isBands(bands) || traits === null) return null;
  return frames >= 0 && frames <= MOST_FRAMES ? { frames, bands, traits } : null;
}
