import type { Milliseconds } from '../../core/units';

/** Whoever pressed so many keys within this time is at work. */
const KEYS = 60;
const SPAN: Milliseconds = 300_000;

/** How often keys are pressed: moments only, never which keys, and no more of them than count. */
export class TypingPace {
  readonly #presses: Milliseconds[] = [];

  /** @param at ms, any monotonic clock */
  press(at: Milliseconds): void {
    this.#presses.push(at);
    if (this.#presses.length > KEYS) this.#presses.shift();
  }

  /** A key pressed now and then is no work, and whoever stopped five minutes ago is idle. */
  isAtWork(at: Milliseconds): boolean {
    return this.#presses.length === KEYS && at - (this.#presses[0] ?? -Infinity) <= SPAN;
  }
}
