import type { CancelSignal, Milliseconds } from '../../../core/units';

const FIRST: Milliseconds = 1000;
const LONGEST: Milliseconds = 30_000;

/** Wait before a try to reconnect: 1 s, doubled each time, 30 s at most. @param attempt from 1 */
export const backOff = (attempt: number): Milliseconds => Math.min(LONGEST, FIRST * 2 ** (attempt - 1));

/** Resolves after the wait, or earlier when `signal` aborts or `until` settles. */
export function waitFor(wait: Milliseconds, signal: CancelSignal, until: Promise<unknown> = new Promise(() => {})): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, wait);
    signal.addEventListener('abort', end);
    until.then(end, end);
    if (signal.aborted) end();
  });
}
