import type { Milliseconds } from '../../core/units';

export interface Load {
  /** How long the latest frames took in the estimator; null before the first. */
  readonly busyMs: Milliseconds | null;
  readonly isBatteryLow: boolean;
}

const TARGET: Milliseconds = 1000 / 30;
const SAVING: Milliseconds = 200;
const SLOWEST: Milliseconds = 1000;
/** Leaves the machine some air between two frames. */
const AIR = 1.15;

/** Time from one frame to the next that the estimator can keep up with. */
export function frameInterval({ busyMs, isBatteryLow }: Load): Milliseconds {
  return Math.min(SLOWEST, Math.max(isBatteryLow ? SAVING : TARGET, (busyMs ?? 0) * AIR));
}

/** Half a camera period early still counts: otherwise a 30 Hz camera asked for 30 Hz gives 15. */
export function isDue(since: Milliseconds, interval: Milliseconds): boolean {
  return since >= interval - TARGET / 2;
}
