import type { Milliseconds } from '../../../core/units';

export interface Throttled {
  /** Runs at once when the last run is long enough ago, else once at the end of the pause. */
  (): void;
  cancel(): void;
}

/** At most one run per `pauseMs`, and always one after the last call. */
export function throttle(run: () => void, pauseMs: Milliseconds): Throttled {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const call = () => {
    if (timer !== undefined) {
      again = true;
      return;
    }
    again = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (again) call();
    }, pauseMs);
    run();
  };
  return Object.assign(call, {
    cancel() {
      clearTimeout(timer);
      timer = undefined;
      again = false;
    },
  });
}
