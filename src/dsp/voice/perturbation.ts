import type { GlottalPulse } from './glottalPulses';

/** Neighbouring periods and amplitudes that differ by more are no neighbours (Praat's maximum period and amplitude factors). */
const PERIOD_FACTOR = 1.3;
const AMPLITUDE_FACTOR = 1.6;

/** Mean absolute difference of neighbours over the mean; pairs that differ by more than `factor` are left out. */
function localPerturbation(runs: readonly (readonly number[])[], factor: number): number | null {
  let differences = 0,
    pairs = 0,
    sum = 0,
    count = 0;
  for (const values of runs) {
    for (const [i, value] of values.entries()) {
      sum += value;
      count++;
      const before = values[i - 1];
      if (before === undefined || Math.max(before, value) > factor * Math.min(before, value)) continue;
      differences += Math.abs(value - before);
      pairs++;
    }
  }
  return pairs > 0 && sum > 0 ? differences / pairs / (sum / count) : null;
}

const periodsOf = (pulses: readonly GlottalPulse[]): number[] => pulses.slice(1).map(({ at }, i) => at - (pulses[i]?.at ?? at));

/**
 * Jitter (local): mean absolute difference between neighbouring periods over the mean period, as Praat.
 * @param stretches pulses of each voiced stretch, in order of time
 * @returns a share, .01 = 1 %; null for fewer than two periods in a row
 */
export function jitterLocal(stretches: readonly (readonly GlottalPulse[])[]): number | null {
  return localPerturbation(stretches.map(periodsOf), PERIOD_FACTOR);
}

/** Shimmer (local): mean absolute difference between the amplitudes of neighbouring periods over the mean amplitude, as Praat. */
export function shimmerLocal(stretches: readonly (readonly GlottalPulse[])[]): number | null {
  return localPerturbation(
    stretches.map((pulses) => pulses.map(({ amplitude }) => amplitude)),
    AMPLITUDE_FACTOR,
  );
}
