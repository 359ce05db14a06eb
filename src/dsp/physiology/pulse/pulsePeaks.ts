import type { Hertz, Milliseconds, Seconds } from '../../../core/units';
import { mean } from '../../statistics';
import { butterworth } from '../filter/butterworth';
import { filterZeroPhase } from '../filter/zeroPhase';

const LOWEST: Hertz = 0.5;
const HIGHEST: Hertz = 8;
/** Width of a systolic peak and of a beat, the best of Elgendi's search. */
const PEAK: Seconds = 0.111;
const BEAT: Seconds = 0.667;
const OFFSET = 0.02;
/** No two beats are closer. */
const REFRACTORY: Seconds = 0.3;

/** Centred moving average; at the ends of what is there. */
function movingAverage(values: Float64Array, width: number): Float64Array {
  const half = Math.floor(width / 2);
  const sums = new Float64Array(values.length + 1);
  values.forEach((value, i) => (sums[i + 1] = (sums[i] ?? 0) + value));
  return values.map((_, i) => {
    const from = Math.max(0, i - half);
    const to = Math.min(values.length, i + half + 1);
    return ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  });
}

function highestBetween(signal: Float64Array, from: number, to: number): number {
  let best = from;
  for (let i = from; i < to; i++) if ((signal[i] ?? 0) > (signal[best] ?? 0)) best = i;
  return best;
}

/**
 * Systolic peaks of a blood volume pulse (Elgendi, Norton, Brearley, Abbott & Schuurmans 2013, PLoS ONE 8:e76585): band-passed .5 to
 * 8 Hz, clipped and squared; blocks where the average over a peak's width exceeds the one over a beat's are beats when they are
 * wide enough.
 * @param ppg [n] any unit, peaks upwards; @param rate at least 20 Hz
 * @returns ascending sample numbers; none for a flat, short or too slowly sampled signal
 */
export function findPulsePeaks(ppg: ArrayLike<number>, rate: Hertz): number[] {
  if (rate <= 2 * HIGHEST || ppg.length < rate) return [];
  const filtered = filterZeroPhase(butterworth(2, HIGHEST, 'low', rate), filterZeroPhase(butterworth(2, LOWEST, 'high', rate), ppg));
  const energy = filtered.map((value) => Math.max(0, value) ** 2);
  const peak = movingAverage(energy, Math.round(PEAK * rate));
  const beat = movingAverage(energy, Math.round(BEAT * rate));
  const threshold = OFFSET * mean(energy);
  const found: number[] = [];
  for (let start = 0; start < energy.length; start++) {
    if ((peak[start] ?? 0) <= (beat[start] ?? 0) + threshold) continue;
    let end = start;
    while (end < energy.length && (peak[end] ?? 0) > (beat[end] ?? 0) + threshold) end++;
    const place = highestBetween(filtered, start, end);
    const last = found.at(-1);
    if (end - start >= PEAK * rate && (last === undefined || place - last > REFRACTORY * rate)) found.push(place);
    start = end;
  }
  return found;
}

/** Times between peaks; a parabola through each peak and its neighbours places it between samples. @returns [peaks - 1] ms */
export function pulseIntervals(ppg: ArrayLike<number>, peaks: readonly number[], rate: Hertz): Milliseconds[] {
  const places = peaks.map((peak) => {
    const [left = 0, top = 0, right = 0] = [ppg[peak - 1], ppg[peak], ppg[peak + 1]];
    const bend = left - 2 * top + right;
    return peak + (bend < 0 && top >= left && top >= right ? (left - right) / (2 * bend) : 0);
  });
  return places.slice(1).map((place, i) => ((place - (places[i] ?? 0)) * 1000) / rate);
}
