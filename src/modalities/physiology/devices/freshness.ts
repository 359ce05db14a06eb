import type { EpochMs, Milliseconds } from '../../../core/units';

/** A reading stands for this many of its device's periods, then it is no reading any more. */
const PERIODS = 3;
const SHORTEST: Milliseconds = 300;
const LONGEST: Milliseconds = 90_000;
const KEPT = 9;

/** How often a device speaks (the median of the latest intervals), and so for how long its last word holds. */
export class Freshness {
  #lastAt: EpochMs | null = null;
  #intervals: Milliseconds[] = [];

  /** @param expected period until the device has shown its own */
  constructor(private readonly expected: Milliseconds) {}

  get lastAt(): EpochMs | null {
    return this.#lastAt;
  }

  get period(): Milliseconds {
    const sorted = this.#intervals.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? this.expected;
  }

  /** How long a reading holds. */
  get holds(): Milliseconds {
    return Math.min(LONGEST, Math.max(SHORTEST, PERIODS * this.period));
  }

  note(at: EpochMs): void {
    const interval = at - (this.#lastAt ?? at);
    // A longer one is a gap, not a period: otherwise every loss would make the device look slower.
    if (interval > 0 && interval <= PERIODS * this.expected) this.#intervals = [...this.#intervals.slice(1 - KEPT), interval];
    this.#lastAt = at;
  }

  isFresh(now: EpochMs): boolean {
    return this.#lastAt !== null && now - this.#lastAt <= this.holds;
  }
}
