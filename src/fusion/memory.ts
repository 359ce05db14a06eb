import type { EpochMs, Milliseconds, UnitInterval } from '../core/units';
import { addSeven, lengthOf, NOTHING, type Seven } from './distribution';
import type { MemoryParameters } from './network/network';

/** What the senses alone said at a moment; the memory itself is not in it, or it would feed on itself. */
export interface Remembered {
  readonly at: EpochMs;
  readonly logs: Seven;
}

export interface Recalled {
  /** [7] their mean, by age and likeness. */
  readonly logs: Seven;
  /** Its factor beside what the senses say now. */
  readonly gain: UnitInterval;
}

const SPAN_MS: Milliseconds = 180_000;
const STEP_MS: Milliseconds = 1000;
/** Nearer than that, the same evidence would count twice: a voice's window is three seconds long. */
const APART_MS: Milliseconds = 3000;

/** @returns the memory with `moment` in it, at most one a second and three minutes long; time that runs backwards starts it anew */
export function remember(memory: readonly Remembered[], moment: Remembered): readonly Remembered[] {
  const last = memory.at(-1);
  if (last && moment.at < last.at) return [moment];
  if (last && moment.at - last.at < STEP_MS) return memory;
  return [...memory.filter(({ at }) => moment.at - at < SPAN_MS), moment];
}

function likeness(a: Seven, b: Seven): number {
  const product = lengthOf(a) * lengthOf(b);
  return product > 0 ? a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0) / product : 0;
}

/**
 * Attention over the last minutes: the weight of a moment falls exponentially with its age and grows with its likeness to now;
 * the whole memory fades with the age of its newest moment.
 * @param logs what the senses say now
 * @returns null when nothing older than the senses' own windows is remembered
 */
export function recall(memory: readonly Remembered[], now: EpochMs, logs: Seven, learned: MemoryParameters): Recalled | null {
  const past = memory.filter(({ at }) => now - at >= APART_MS && now - at < SPAN_MS);
  const newest = past.at(-1);
  if (!newest) return null;
  const tauMs = learned.tau * 1000;
  const powers = past.map((one) => Math.exp(-(now - one.at) / tauMs + learned.likeness * (likeness(one.logs, logs) - 1)));
  const total = powers.reduce((a, b) => a + b, 0);
  if (total === 0) return null;
  return {
    logs: past.reduce((sum, one, j) => addSeven(sum, one.logs, (powers[j] ?? 0) / total), NOTHING),
    gain: Math.min(1, learned.gain * Math.exp(-(now - newest.at - APART_MS) / tauMs)),
  };
}
