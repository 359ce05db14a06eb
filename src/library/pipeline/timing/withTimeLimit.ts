import { AppError, type ErrorCode } from '../../../core/errors';
import type { Milliseconds } from '../../../core/units';

export interface TimeLimit {
  readonly limitMs: Milliseconds;
  /** What to say when nothing moved for so long. */
  readonly code: ErrorCode;
  /** Ends what does not move. */
  readonly onExpired: () => void;
}

/**
 * Runs work that must show a sign of life every `limitMs`: a file made to loop a parser for ever costs this long and no more.
 * @param run gets a function that starts the clock anew
 */
export async function withTimeLimit<T>({ limitMs, code, onExpired }: TimeLimit, run: (alive: () => void) => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      const alive = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          reject(new AppError(code, `no sign of life for ${limitMs} ms`));
          onExpired();
        }, limitMs);
      };
      alive();
      run(alive).then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
  }
}
