import type { BeatsPerMinute, Bipolar, UnitInterval } from '../core/units';

/** What of a song its neighbour in the list notices. */
export interface Pace {
  readonly tempo: BeatsPerMinute;
  readonly arousal: Bipolar;
}

/** Half and double tempo share a beat grid, yet feel less alike than the same tempo. */
const OCTAVE_COST = 0.15;
/** Octaves of tempo after which nothing flows any more (about 60 to 79 bpm). */
const REACH = 0.4;

/**
 * How smoothly `next` follows `previous`: 1 for equal tempo and arousal, 0 for a break.
 * Unknown tempo (0 or not finite) counts as half a fit: neither helps nor hurts.
 */
export function tempoFlow(previous: Pace, next: Pace): UnitInterval {
  const energy = 1 - Math.min(1, Math.abs(next.arousal - previous.arousal));
  return 0.7 * tempoFit(previous.tempo, next.tempo) + 0.3 * (Number.isFinite(energy) ? energy : 0.5);
}

function tempoFit(previous: BeatsPerMinute, next: BeatsPerMinute): UnitInterval {
  const octaves = Math.abs(Math.log2(next / previous));
  if (!Number.isFinite(octaves)) return 0.5;
  const whole = Math.min(1, Math.round(octaves));
  const distance = Math.abs(octaves - whole) + OCTAVE_COST * whole;
  return 1 - Math.min(1, distance / REACH);
}
