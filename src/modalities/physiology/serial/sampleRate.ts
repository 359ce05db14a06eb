import type { EpochMs, Hertz, Milliseconds } from '../../../core/units';

/** Long enough that the jitter of USB and of the sketch's own pauses evens out, short enough to follow a new sketch. */
const WINDOW_MS: Milliseconds = 10_000;
/** Bursts closer together count as one, so that the window holds a bounded number of entries. */
const BURST_MS: Milliseconds = 50;

/** How many samples a second arrive, when they come in bursts and without time stamps. */
export class SampleRateMeter {
  #bursts: { at: EpochMs; n: number }[] = [];

  /** @param n samples that arrived at `at` @returns the rate by now; null until a second or at least three samples say something */
  count(n: number, at: EpochMs): Hertz | null {
    this.#add(n, at);
    const [first] = this.#bursts;
    const last = this.#bursts.at(-1);
    if (!first || !last || this.#bursts.length < 3) return null;
    const span = last.at - first.at;
    // The first burst began before it arrived, so its samples belong to the time before the window.
    const arrived = this.#bursts.reduce((sum, burst) => sum + burst.n, 0) - first.n;
    return span >= 1000 ? (arrived * 1000) / span : null;
  }

  #add(n: number, at: EpochMs): void {
    const last = this.#bursts.at(-1);
    // A clock that was set back, or a device that was silent for long: begin anew.
    if (last && (at < last.at || at - last.at > WINDOW_MS)) this.#bursts = [];
    else if (last && at - last.at < BURST_MS) {
      last.n += n;
      return;
    }
    this.#bursts.push({ at, n });
    this.#bursts = this.#bursts.filter((burst) => burst.at >= at - WINDOW_MS);
  }
}
