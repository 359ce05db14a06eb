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

/** Normalised correlation of `length` samples from `a` and from `b`. */
function correlation(samples: Float32Array, a: number, b: number, length: number): number {
  let product = 0,
    left = 0,
    right = 0;
  for (let i = 0; i < length; i++) {
    const x = samples[a + i] ?? 0;
    const y = samples[b + i] ?? 0;
    product += x * y;
    left += x * x;
    right += y * y;
  }
  return left > 0 && right > 0 ? product / Math.sqrt(left * right) : 0;
}

/** How far the next period lies in one direction, with fractions; null when nothing alike is there. */
function nextLag(samples: Float32Array, at: number, period: number, direction: 1 | -1): number | null {
  const length = Math.round(period);
  const start = Math.round(at - period / 2);
  const first = Math.floor(SHORTEST * period);
  const last = Math.ceil(LONGEST * period);
  const alike = Array.from({ length: last - first + 3 }, (_, i) =>
    correlation(samples, start, start + direction * (first - 1 + i), length),
  );
  let best = 1;
  for (let i = 1; i < alike.length - 1; i++) if ((alike[i] ?? 0) > (alike[best] ?? 0)) best = i;
  const [before, here, after] = [alike[best - 1] ?? 0, alike[best] ?? 0, alike[best + 1] ?? 0];
  if (here < LEAST_CORRELATION) return null;
  const bend = before - 2 * here + after;
  const shift = bend < 0 ? (before - after) / (2 * bend) : 0;
  return first - 1 + best + Math.max(-0.5, Math.min(0.5, shift));
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
