import type { EpochMs, Milliseconds } from '../core/units';

/** A jump of either clock by more than this starts the comparison anew. */
const JUMP: Milliseconds = 1000;

/**
 * A frame's own time stamp has an unknown origin. The frame that arrived fastest shows the offset to the epoch best, so
 * delays of the others count as delay instead of moving their capture time.
 * @param drift how much slower than the epoch the device's own clock may run, e.g. 5e-4: sound cards do, and run for hours
 * @returns a function from the stamp (ms) and the arrival (epoch) to the capture time (epoch), never after the arrival
 */
export function createCaptureClock(drift = 0): (stamp: Milliseconds, arrival: EpochMs) => EpochMs {
  let offset: number | null = null;
  let last = 0;
  return (stamp, arrival) => {
    const seen = arrival - stamp;
    const held: number | null = offset === null ? null : offset + drift * Math.max(0, stamp - last);
    offset = held === null || Math.abs(seen - held) > JUMP || seen < held ? seen : held;
    last = stamp;
    return stamp + offset;
  };
}
