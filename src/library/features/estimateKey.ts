import type { MusicalKey } from '../../core/music';

/** Krumhansl & Kessler (1982) probe-tone ratings on C. */
const MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
const MINOR = [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];

const centred = (values: ArrayLike<number>): number[] => {
  const list = Array.from(values);
  const centre = list.reduce((sum, x) => sum + x, 0) / Math.max(list.length, 1);
  return list.map((x) => x - centre);
};

export interface KeyScores {
  /** [12] Pearson correlation with the major profile on every tonic, C first. */
  readonly major: readonly number[];
  readonly minor: readonly number[];
}

/**
 * How well each of the 24 keys explains a pitch-class profile (Krumhansl 1990).
 * @param profile [12] energy per pitch class, C first
 * @returns correlations in [-1, 1]; a flat profile gives zeros
 */
export function scoreKeys(profile: ArrayLike<number>): KeyScores {
  const x = centred(profile);
  const norm = Math.hypot(...x);
  const against = (ratings: readonly number[]): number[] => {
    const p = centred(ratings);
    const scale = norm * Math.hypot(...p);
    return Array.from({ length: 12 }, (_, tonic) =>
      norm < 1e-9 ? 0 : x.reduce((sum, value, pitch) => sum + value * (p[(pitch - tonic + 12) % 12] ?? 0), 0) / scale,
    );
  };
  return { major: against(MAJOR), minor: against(MINOR) };
}

/**
 * Key and mode of a pitch-class profile. Confidence is the lead over the runner-up, 0.1 of correlation counting as sure, times the
 * correlation itself: a heuristic, not a calibrated probability.
 * @returns C major with confidence 0 for a flat profile
 */
export function estimateKey(profile: ArrayLike<number>): MusicalKey {
  const { major, minor } = scoreKeys(profile);
  const scores = [...major, ...minor];
  const best = scores.indexOf(Math.max(...scores));
  const top = scores[best] ?? 0;
  const second = Math.max(...scores.filter((_, i) => i !== best));
  const confidence = Math.min(Math.max(top, 0), 1) * Math.min((top - second) / 0.1, 1);
  return { pitchClass: best % 12, mode: best < 12 ? 'major' : 'minor', confidence };
}
