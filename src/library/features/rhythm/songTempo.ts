import type { UnitInterval } from '../../../core/units';
import type { Tempo } from '../estimateTempo';
import { FRAME_RATE } from '../segmentLayout';
import { valueAtLag, type Tempogram } from './tempogram';

/** bpm. */
const SLOWEST = 40;
const FASTEST = 220;
/** Of a bar or half of one. */
const LONGEST = 24;
/** Where listeners tap most readily (Parncutt 1994). */
const PREFERRED = 120;
/** How far they stray, octaves: any pulse may carry a song (Ellis 2007), but of its octaves the one nearer to the middle is tapped. */
const PULSE_SPREAD = 0.9;
const OCTAVE_SPREAD = 0.7;
/** Candidates lie 0.5 % apart. */
const STEP = 1.005;

/** Multiples of a beat period and what they count: halves and doubles repeat in music of any metre, 3 : 2 does not. */
type Multiples = readonly (readonly [multiple: number, weight: number])[];
const PULSE: Multiples = [
  [0.5, 0.5],
  [1, 1],
  [2, 0.5],
  [4, 0.25],
];
const BEAT: Multiples = [
  [1, 1],
  [2, 0.5],
];

export const lagOf = (tempo: number): number => (60 * FRAME_RATE) / tempo;

/** Weighted mean of the autocorrelation at a lag and those multiples of it that the row knows; at least 0. */
function salience(row: Float64Array, lag: number, multiples: Multiples): number {
  let sum = 0,
    weights = 0;
  for (const [multiple, weight] of multiples) {
    if (multiple * lag + 1 >= row.length - 1) continue;
    sum += weight * valueAtLag(row, multiple * lag);
    weights += weight;
  }
  return weights > 0 ? Math.max(sum / weights, 0) : 0;
}

/** How well a beat period explains an autocorrelation, 0..1. */
export const beatSalience = (row: Float64Array, lag: number): number => salience(row, lag, BEAT);

const preference = (tempo: number, spread: number): number => Math.exp(-0.5 * (Math.log2(tempo / PREFERRED) / spread) ** 2);

/** The pulse between 40 and 220 bpm that, with its half and its doubles, best explains the row; 0 when nothing repeats. */
function strongestPulse(row: Float64Array): number {
  let best = 0,
    tempo = 0;
  for (let candidate = SLOWEST; candidate <= FASTEST; candidate *= STEP) {
    const score = salience(row, lagOf(candidate), PULSE) * preference(candidate, PULSE_SPREAD);
    if (score > best) [best, tempo] = [score, candidate];
  }
  return tempo;
}

/** The pulse itself, half or double: what is tapped most readily among what is heard. */
function chooseOctave(row: Float64Array, pulse: number): number {
  const octaves = [pulse, pulse / 2, 2 * pulse].filter((tempo) => tempo >= SLOWEST && tempo <= FASTEST);
  // The constant lets preference decide where neither is heard on its own.
  const scores = octaves.map((tempo) => (beatSalience(row, lagOf(tempo)) + 0.05) * preference(tempo, OCTAVE_SPREAD));
  return octaves[scores.indexOf(Math.max(...scores))] ?? pulse;
}

/**
 * Tempo of a song: the pulse that, with its half and its doubles, best explains the mean autocorrelation of the onset strength,
 * then its octave by log-normal preference about 120 bpm; refined on up to eight beats.
 * @returns confidence = salience of the beat; tempo 0 and confidence 0 when nothing repeats
 */
export function estimateSongTempo({ mean }: Tempogram): Tempo {
  const pulse = strongestPulse(mean);
  if (pulse === 0) return { tempo: 0, confidence: 0 };
  const lag = refineLag(mean, lagOf(chooseOctave(mean, pulse)));
  const confidence = Math.min(Math.max(valueAtLag(mean, lag), beatSalience(mean, lag)), 1);
  return confidence > 0 ? { tempo: lagOf(lag), confidence } : { tempo: 0, confidence };
}

/** Peaks of the autocorrelation near twice, four and eight times the lag say it more exactly, each within what the one before allows. */
function refineLag(row: Float64Array, lag: number): number {
  let refined = lag;
  for (const times of [1, 2, 4, 8]) {
    if (times * lag + 2 >= row.length) break;
    const peak = peakNear(row, Math.round(times * refined));
    if (peak !== null && Math.abs(peak / times - refined) <= 0.75 / times) refined = peak / times;
  }
  return refined;
}

/** Where the autocorrelation peaks at or beside a lag; null when it does not. */
function peakNear(row: Float64Array, lag: number): number | null {
  const value = (at: number): number => row[at] ?? 0;
  const top = [lag, lag - 1, lag + 1].find((at) => value(at) > 0 && value(at) >= value(at - 1) && value(at) >= value(at + 1));
  if (top === undefined) return null;
  const curve = value(top - 1) - 2 * value(top) + value(top + 1);
  return curve < -1e-9 ? top + (0.5 * (value(top - 1) - value(top + 1))) / curve : top;
}

/**
 * Pulse clarity (Lartillot et al. 2008, "MaxAutocor"): the highest autocorrelation of the onset strength at any period of 0.27 to
 * 2.5 s, averaged over windows of 12 s. 1 for a metronome, about 0.1 for noise; silence gives 0.
 */
export function pulseClarity({ rows }: Tempogram): UnitInterval {
  const known = rows.filter((row) => (row[0] ?? 0) > 0);
  const heights = known.map((row) =>
    row.subarray(Math.floor(lagOf(FASTEST)), Math.ceil(lagOf(LONGEST)) + 1).reduce((top, x) => Math.max(top, x), 0),
  );
  return Math.min(heights.reduce((sum, x) => sum + x, 0) / Math.max(heights.length, 1), 1);
}
