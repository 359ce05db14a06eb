import { deviation } from '../statistics';

/** How much a beat off its time costs against onset strength in standard deviations; librosa's and Ellis' value. */
const TIGHTNESS = 100;

/**
 * Beats by dynamic programming (Ellis 2007): each frame's best chain of beats ends either there or grows by it, a beat `d` frames
 * after the last one costing 100 ln(d / period)^2.
 * @param strength [n] onset strength, >= 0; its scale does not matter
 * @param periodAt beat period around a frame, frames, at least 2; may drift
 * @returns ascending frame numbers; nothing, silence and a constant give none
 */
export function trackBeats(strength: Float32Array, periodAt: (frame: number) => number): number[] {
  const scale = deviation(strength);
  if (!(scale > 1e-6)) return [];
  const local = smoothForBeats(strength, periodAt).map((value) => value / scale);
  const total = new Float32Array(local.length);
  const link = new Int32Array(local.length).fill(-1);
  for (let t = 0; t < local.length; t++) {
    const { value, from } = bestBefore(total, t, periodAt(t));
    total[t] = (local[t] ?? 0) + value;
    link[t] = from;
  }
  return trim(followBack(total, link), local);
}

/** Gaussian of a 32nd of the period: the place of an onset is not known better. */
function smoothForBeats(strength: Float32Array, periodAt: (frame: number) => number): Float32Array {
  const out = new Float32Array(strength.length);
  for (let t = 0; t < out.length; t++) {
    const sharpness = -0.5 * (32 / periodAt(t)) ** 2;
    const beside = Math.exp(sharpness);
    const further = beside ** 4;
    out[t] =
      (strength[t] ?? 0) +
      beside * ((strength[t - 1] ?? 0) + (strength[t + 1] ?? 0)) +
      further * ((strength[t - 2] ?? 0) + (strength[t + 2] ?? 0));
  }
  return out;
}

/** The chain that a beat at `t` continues best: one ending between half a period and two periods earlier; none (-1) if all cost more than they bring. */
function bestBefore(total: Float32Array, t: number, period: number): { readonly value: number; readonly from: number } {
  let value = 0,
    from = -1;
  const last = t - Math.max(Math.round(period / 2), 1);
  for (let s = Math.max(t - Math.round(2 * period), 0); s <= last; s++) {
    const stretch = Math.log((t - s) / period);
    const score = (total[s] ?? 0) - TIGHTNESS * stretch * stretch;
    if (score > value) {
      value = score;
      from = s;
    }
  }
  return { value, from };
}

/** From the last local maximum of at least half the median maximum back to the first beat. */
function followBack(total: Float32Array, link: Int32Array): number[] {
  const peaks: number[] = [];
  for (let t = 0; t < total.length; t++) {
    const here = total[t] ?? 0;
    if (here > (total[t - 1] ?? -Infinity) && here >= (total[t + 1] ?? -Infinity)) peaks.push(t);
  }
  const sorted = Float64Array.from(peaks, (t) => total[t] ?? 0).sort();
  const threshold = 0.5 * (sorted[sorted.length >> 1] ?? 0);
  const beats: number[] = [];
  for (let t = peaks.findLast((peak) => (total[peak] ?? 0) >= threshold) ?? -1; t >= 0; t = link[t] ?? -1) beats.push(t);
  return beats.reverse();
}

/** Leaves out beats before the first and after the last one that is heard: at least half the mean square of all in root. */
function trim(beats: readonly number[], local: Float32Array): number[] {
  const square = beats.reduce((sum, t) => sum + (local[t] ?? 0) ** 2, 0) / Math.max(beats.length, 1);
  const isHeard = (t: number): boolean => (local[t] ?? 0) > 0.5 * Math.sqrt(square);
  return beats.slice(Math.max(beats.findIndex(isHeard), 0), beats.findLastIndex(isHeard) + 1);
}
