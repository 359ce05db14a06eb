import type { EpochMs, Milliseconds } from '../../core/units';

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

/** A jump of either clock by more than this starts the comparison anew. */
const JUMP: Milliseconds = 1000;

/**
 * A frame's own time stamp has an unknown origin. The frame that arrived fastest shows the offset to the epoch best, so
 * delays of the others count as delay instead of moving their capture time.
 * @returns a function from the stamp (ms) and the arrival (epoch) to the capture time (epoch), never after the arrival
 */
export function createCaptureClock(): (stamp: Milliseconds, arrival: EpochMs) => EpochMs {
  let offset: number | null = null;
  return (stamp, arrival) => {
    const seen = arrival - stamp;
    if (offset === null || Math.abs(seen - offset) > JUMP || seen < offset) offset = seen;
    return stamp + offset;
  };
}
