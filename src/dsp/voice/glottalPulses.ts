import type { Hertz } from '../../core/units';

/** One closing of the vocal folds. */
export interface GlottalPulse {
  /** Samples from the beginning, with fractions. */
  readonly at: number;
  /** Largest absolute sample of the period around it. */
  readonly amplitude: number;
}

/** A period may differ so much from what f0 says. */
const SHORTEST = 0.8;
const LONGEST = 1.25;
/** Neighbouring periods that are less alike end the voiced stretch. */
const LEAST_CORRELATION = 0.3;

/** Sum of products; four at once, as a single sum would wait for each addition before the next. */
function product(samples: Float32Array, a: number, b: number, length: number): number {
  const whole = length & ~3;
  let p = 0,
    q = 0,
    r = 0,
    s = 0;
  for (let i = 0; i < whole; i += 4) {
    p += (samples[a + i] ?? 0) * (samples[b + i] ?? 0);
    q += (samples[a + i + 1] ?? 0) * (samples[b + i + 1] ?? 0);
    r += (samples[a + i + 2] ?? 0) * (samples[b + i + 2] ?? 0);
    s += (samples[a + i + 3] ?? 0) * (samples[b + i + 3] ?? 0);
  }
  for (let i = whole; i < length; i++) p += (samples[a + i] ?? 0) * (samples[b + i] ?? 0);
  return p + q + (r + s);
}

/** [count] normalised correlations of `length` samples from `start` with those from `other`, `other + step`, ... */
function correlations(samples: Float32Array, start: number, length: number, other: number, step: 1 | -1, count: number): Float64Array {
  const own = product(samples, start, start, length);
  let theirs = product(samples, other, other, length);
  const out = new Float64Array(count);
  for (let k = 0, at = other; k < count; k++, at += step) {
    out[k] = own > 0 && theirs > 0 ? product(samples, start, at, length) / Math.sqrt(own * theirs) : 0;
    const [leaves, enters] = step > 0 ? [at, at + length] : [at + length - 1, at - 1];
    theirs += (samples[enters] ?? 0) ** 2 - (samples[leaves] ?? 0) ** 2;
  }
  return out;
}

/** How far the next period lies in one direction, with fractions; null when nothing alike is there. */
function nextLag(samples: Float32Array, at: number, period: number, direction: 1 | -1): number | null {
  const length = Math.round(period);
  const start = Math.round(at - period / 2);
  const first = Math.floor(SHORTEST * period) - 1;
  const last = Math.ceil(LONGEST * period) + 1;
  const alike = correlations(samples, start, length, start + direction * first, direction, last - first + 1);
  let best = 1;
  for (let i = 1; i < alike.length - 1; i++) if ((alike[i] ?? 0) > (alike[best] ?? 0)) best = i;
  const [before, here, after] = [alike[best - 1] ?? 0, alike[best] ?? 0, alike[best + 1] ?? 0];
  if (here < LEAST_CORRELATION) return null;
  const bend = before - 2 * here + after;
  const shift = bend < 0 ? (before - after) / (2 * bend) : 0;
  return first + best + Math.max(-0.5, Math.min(0.5, shift));
}

function loudestAround(samples: Float32Array, centre: number, reach: number): { at: number; amplitude: number } {
  let at = Math.round(centre);
  for (let i = Math.round(centre - reach); i <= centre + reach; i++) {
    if (Math.abs(samples[i] ?? 0) > Math.abs(samples[at] ?? 0)) at = i;
  }
  return { at, amplitude: Math.abs(samples[at] ?? 0) };
}

/**
 * Pulses of a voiced stretch, as Praat's "Sound & Pitch: To PointProcess (cc)" finds them: from the loudest point in the middle outwards,
 * each where the waveform is most like the period before (Boersma & Weenink).
 * @param samples [n] mono; the stretch lies between `from` and `to`
 * @param f0At fundamental frequency near a sample
 * @returns in order of time; none when the stretch is shorter than two periods
 */
export function glottalPulses(
  samples: Float32Array,
  sampleRate: Hertz,
  { from, to }: { readonly from: number; readonly to: number },
  f0At: (sample: number) => Hertz,
): readonly GlottalPulse[] {
  const periodAt = (sample: number): number => sampleRate / f0At(sample);
  const middle = (from + to) / 2;
  if (to - from < 2 * periodAt(middle)) return [];
  const seed = loudestAround(samples, middle, periodAt(middle) / 2).at;
  const places = [seed];
  for (const direction of [1, -1] as const) {
    for (let at = seed; ;) {
      const lag = nextLag(samples, at, periodAt(at), direction);
      if (lag === null) break;
      at += direction * lag;
      if (at < from || at > to) break;
      places.push(at);
    }
  }
  return places.sort((a, b) => a - b).map((at) => ({ at, amplitude: loudestAround(samples, at, periodAt(at) / 4).amplitude }));
}
