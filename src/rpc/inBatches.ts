interface Waiting<A, R> {
  readonly argument: A;
  readonly resolve: (result: R | 'superseded') => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One call at a time, in order: what comes meanwhile waits, and goes as one batch when the call has ended, however it ended. A receiver
 * that others keep busy then gets all there is each time it is free, instead of falling one behind for each of their calls.
 * @param run gives one result for each argument; a failure is that of the whole batch
 * @param isTooLong whether the time between two arguments is more than may wait: then everything that waits resolves to 'superseded',
 * all at once, so that what follows is one unbroken stretch
 */
export function inBatches<A, R extends object>(
  run: (batch: readonly A[]) => Promise<readonly R[]>,
  isTooLong: (oldest: A, newest: A) => boolean = () => false,
): (argument: A) => Promise<R | 'superseded'> {
  const waiting: Waiting<A, R>[] = [];
  let isRunning = false;
  const send = async (batch: readonly Waiting<A, R>[]) => {
    try {
      const results = await run(batch.map(({ argument }) => argument));
      batch.forEach(({ resolve }, i) => resolve(results[i] ?? 'superseded'));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const flush = async () => {
    isRunning = true;
    while (waiting.length > 0) await send(waiting.splice(0));
    isRunning = false;
  };
  return (argument) =>
    new Promise((resolve, reject) => {
      const [oldest] = waiting;
      if (oldest && isTooLong(oldest.argument, argument)) for (const one of waiting.splice(0)) one.resolve('superseded');
      waiting.push({ argument, resolve, reject });
      if (!isRunning) void flush();
    });
}
