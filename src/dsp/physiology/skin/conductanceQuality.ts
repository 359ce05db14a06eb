import type { Hertz, UnitInterval } from '../../../core/units';

export interface ConductanceQuality {
  /** Share of samples above the least conductance of skin that touches electrodes. */
  readonly contact: UnitInterval;
  /** Share of the steps from one second to the next that skin could have made. */
  readonly smoothness: UnitInterval;
  readonly overall: UnitInterval;
}

/** Dry electrodes on skin still give more, microsiemens. */
const LEAST = 0.03;
/** Beyond it wrists and fingers do not go. */
const MOST = 60;
/** Skin conductance neither rises nor falls by more than this share of its level within a second (Kocielnik 2013 takes 20 and 10 %). */
const STEP = 0.2;
/** A step of this size is allowed at any level, microsiemens. */
const FREE_STEP = 0.05;

/** How far a window of skin conductance can be one. Nothing has quality 0. @param conductance [n] microsiemens */
export function conductanceQuality(conductance: ArrayLike<number>, rate: Hertz): ConductanceQuality {
  const n = conductance.length;
  if (n === 0) return { contact: 0, smoothness: 0, overall: 0 };
  const lag = Math.max(1, Math.round(rate));
  let touching = 0;
  let smooth = 0;
  for (let i = 0; i < n; i++) {
    const value = conductance[i] ?? 0;
    const before = conductance[i - lag] ?? value;
    if (value >= LEAST && value <= MOST) touching++;
    if (Math.abs(value - before) <= Math.max(FREE_STEP, STEP * Math.abs(before))) smooth++;
  }
  const contact = touching / n;
  const smoothness = smooth / n;
  return { contact, smoothness, overall: contact * smoothness };
}
