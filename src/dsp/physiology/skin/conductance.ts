import type { Hertz } from '../../../core/units';
import { butterworth } from '../filter/butterworth';
import { filterZeroPhase } from '../filter/zeroPhase';

/** Skin conductance does not move faster: what lies above is movement and mains. */
const CLEAN_HZ = 3;
/** Below this rate nothing lies above 3 Hz. */
const LEAST_RATE: Hertz = 6;
/** Where tonic level and phasic responses are parted. */
const SPLIT_HZ = 0.05;

/** Low-passed at 3 Hz, fourth-order Butterworth, no phase shift; slow signals pass unchanged. As NeuroKit2's default. */
export function cleanConductance(conductance: ArrayLike<number>, rate: Hertz): Float64Array {
  if (rate <= LEAST_RATE) return Float64Array.from(conductance);
  return filterZeroPhase(butterworth(4, CLEAN_HZ, 'low', rate), conductance);
}

export interface SplitConductance {
  /** Skin conductance level (SCL): what lies below .05 Hz, in the unit that came in. */
  readonly tonic: Float64Array;
  /** Skin conductance responses around 0: what lies above. */
  readonly phasic: Float64Array;
}

/**
 * Tonic and phasic component by second-order Butterworth filters at .05 Hz without phase shift, as NeuroKit2's `highpass`. The two
 * do not sum exactly to the signal. Within about 10 s of either end the level is a guess.
 * @param conductance [n] cleaned, microsiemens, at least .2 Hz
 */
export function splitConductance(conductance: ArrayLike<number>, rate: Hertz): SplitConductance {
  return {
    tonic: filterZeroPhase(butterworth(2, SPLIT_HZ, 'low', rate), conductance),
    phasic: filterZeroPhase(butterworth(2, SPLIT_HZ, 'high', rate), conductance),
  };
}
