import type { EpochMs, Hertz, Milliseconds } from '../../core/units';

const WINDOW_MS: Milliseconds = 2000;

/** Events per second over the last two seconds. */
export class RateMeter {
  #times: EpochMs[] = [];

  /** @returns the rate now, this event included; 0 while there is only one */
  count(at: EpochMs): Hertz {
    this.#times.push(at);
    const from = at - WINDOW_MS;
    this.#times = this.#times.filter((time) => time > from);
    const span = at - (this.#times[0] ?? at);
    return span > 0 ? ((this.#times.length - 1) * 1000) / span : 0;
  }
}
