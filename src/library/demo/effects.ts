import { seededRandom } from '../../core/random';
import type { Hertz } from '../../core/units';

/** Delays of the combs and all-passes of a Schroeder reverberator (1962), ms; the right ear's are a little longer. */
const COMBS_MS = [29.7, 37.1, 41.1, 43.7];
const ALL_PASSES_MS = [5, 1.7];

function comb(input: Float32Array, delay: number, feedback: number, damping: number): Float32Array {
  const line = new Float32Array(delay);
  let low = 0;
  return input.map((x, i) => {
    const p = i % delay;
    const out = line[p] ?? 0;
    low = out * (1 - damping) + low * damping;
    line[p] = x + low * feedback;
    return out;
  });
}

function allPass(input: Float32Array, delay: number): Float32Array {
  const line = new Float32Array(delay);
  return input.map((x, i) => {
    const p = i % delay;
    const delayed = line[p] ?? 0;
    const value = x + 0.5 * delayed;
    line[p] = value;
    return delayed - 0.5 * value;
  });
}

/** The room's answer to a channel. @param spread 1 for left, a little more for right */
export function reverberate(input: Float32Array, spread: number, sampleRate: Hertz): Float32Array {
  const samples = (ms: number) => Math.round((ms * spread * sampleRate) / 1000);
  const out = new Float32Array(input.length);
  for (const ms of COMBS_MS) comb(input, samples(ms), 0.82, 0.35).forEach((x, i) => (out[i] = (out[i] ?? 0) + x / COMBS_MS.length));
  return ALL_PASSES_MS.reduce<Float32Array>((signal, ms) => allPass(signal, samples(ms)), out);
}

/** Soft clipping in place. @param amount 0 leaves it, 1 crushes it */
export function distort(signal: Float32Array, amount: number): void {
  if (amount === 0) return;
  const drive = 1 + 24 * amount;
  const makeUp = 1 / Math.tanh(drive * 0.5);
  signal.forEach((x, i) => (signal[i] = Math.tanh(drive * x) * makeUp * 0.5));
}

/** Two one-pole low-passes in place, 12 dB per octave. */
export function darken(signal: Float32Array, cutoff: Hertz, sampleRate: Hertz): void {
  const share = 1 - Math.exp((-2 * Math.PI * cutoff) / sampleRate);
  let first = 0;
  let second = 0;
  signal.forEach((x, i) => {
    first += share * (x - first);
    second += share * (first - second);
    signal[i] = second;
  });
}

/** High shelf in place: what lies above `cutoff` becomes `gain` times as loud. */
export function brighten(signal: Float32Array, gain: number, cutoff: Hertz, sampleRate: Hertz): void {
  const share = 1 - Math.exp((-2 * Math.PI * cutoff) / sampleRate);
  let low = 0;
  signal.forEach((x, i) => {
    low += share * (x - low);
    signal[i] = low + gain * (x - low);
  });
}

/** Adds the noise that breath, bows and rooms make, in place: it follows the level of the sound over some 15 ms. */
export function breathe(signal: Float32Array, amount: number, seed: number): void {
  if (amount === 0) return;
  const random = seededRandom(seed);
  let level = 0;
  signal.forEach((x, i) => {
    level += 0.002 * (Math.abs(x) - level);
    signal[i] = x + amount * level * (random() * 2 - 1);
  });
}

/** Levels out loud and soft in place, as a mastered record has it. @param drive 0 leaves it */
export function press(signal: Float32Array, drive: number): void {
  if (drive === 0) return;
  let peak = 1e-9;
  for (const x of signal) peak = Math.max(peak, Math.abs(x));
  signal.forEach((x, i) => (signal[i] = Math.tanh((drive * x) / peak)));
}

/** Scales both channels so that the larger peak is `peak`, with the ends faded. */
export function finish(left: Float32Array, right: Float32Array, peak: number, fadeIn: number, fadeOut: number): void {
  let largest = 1e-9;
  for (const channel of [left, right]) for (const x of channel) largest = Math.max(largest, Math.abs(x));
  for (const channel of [left, right]) {
    channel.forEach((x, i) => {
      const edge = Math.min(1, i / fadeIn, (channel.length - 1 - i) / fadeOut);
      channel[i] = (x * peak * edge) / largest;
    });
  }
}
