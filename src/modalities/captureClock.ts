import type { EpochMs, Milliseconds } from '../core/units';

/** A jump of either clock by more than this starts the comparison anew. */
const JUMP: Milliseconds = 1000;

/**
 * A frame's own time stamp has an unknown origin. The frame that arrived fastest shows the offset to the epoch best, so
 * delays of the others count as delay instead of moving their capture time.
 * @param memory how long the fastest frame counts, at least half of it. A sound card's clock runs slower than the computer's, and that of
 * an audio context stands still while nobody finds the time to turn it: remembered for ever, either would be taken for a delay
 * @returns a function from the stamp (ms) and the arrival (epoch) to the capture time (epoch), never after the arrival
 */
export function createCaptureClock(memory: Milliseconds = Infinity): (stamp: Milliseconds, arrival: EpochMs) => EpochMs {
  let begun: Milliseconds | null = null;
  /** Least offsets of this half of the memory and of the one before. */
  let least = Infinity;
  let before = Infinity;
  return (stamp, arrival) => {
    const offset = arrival - stamp;
    const isJump = Math.abs(offset - Math.min(before, least)) > JUMP;
    if (begun === null || isJump || stamp - begun > memory / 2) {
      before = isJump ? Infinity : least;
      least = Infinity;
      begun = stamp;
    }
    least = Math.min(least, offset);
    return stamp + Math.min(before, least);
  };
}
