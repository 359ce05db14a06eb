import { expect, test } from 'vitest';
import { inBatches } from '../../../src/rpc/inBatches';

interface Call {
  readonly batch: readonly number[];
  readonly end: (error?: Error) => void;
}

/** A receiver that answers when it is told to. */
function receiver() {
  const calls: Call[] = [];
  const run = (batch: readonly number[]) =>
    new Promise<readonly { n: number }[]>((resolve, reject) => {
      calls.push({ batch, end: (error) => (error ? reject(error) : resolve(batch.map((n) => ({ n })))) });
    });
  return { calls, run };
}
const settle = () => new Promise((resolve) => setTimeout(resolve));

test('what comes while a call runs goes as one batch after it, in order, and each gets its own result', async () => {
  const { calls, run } = receiver();
  const push = inBatches(run);
  const results = [1, 2, 3, 4].map(push);
  expect(calls.map(({ batch }) => batch)).toEqual([[1]]);
  calls[0]?.end();
  await settle();
  expect(calls.map(({ batch }) => batch)).toEqual([[1], [2, 3, 4]]);
  calls[1]?.end();
  expect(await Promise.all(results)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }]);
  const last = push(5);
  expect(calls.at(-1)?.batch).toEqual([5]);
  calls.at(-1)?.end();
  expect(await last).toEqual({ n: 5 });
});

test('a failure is that of its batch; the next goes on', async () => {
  const { calls, run } = receiver();
  const push = inBatches(run);
  const results = Promise.allSettled([1, 2, 3, 4].map(push));
  calls[0]?.end();
  await settle();
  const after = push(5);
  calls[1]?.end(new Error('dead'));
  await settle();
  calls[2]?.end();
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
  expect(await after).toEqual({ n: 5 });
});

test('what waits for too long is let go all at once, and what follows is unbroken', async () => {
  const { calls, run } = receiver();
  const push = inBatches(run, (oldest, newest) => newest - oldest > 3);
  const results = [1, 2, 3, 4, 5, 6, 7].map(push);
  calls[0]?.end();
  await settle();
  expect(calls[1]?.batch).toEqual([6, 7]);
  calls[1]?.end();
  const superseded = Array.from({ length: 4 }, () => 'superseded');
  expect(await Promise.all(results)).toEqual([{ n: 1 }, ...superseded, { n: 6 }, { n: 7 }]);
});

test('a receiver that is free once in a while keeps up: it gets all there is each time', async () => {
  const busyFor = 4;
  let received = 0;
  let last = 0;
  const push = inBatches(async (batch: readonly number[]) => {
    for (let i = 0; i < busyFor; i++) await settle();
    received += batch.length;
    last = batch.at(-1) ?? last;
    return batch.map((n) => ({ n }));
  });
  let results: Promise<unknown>[] = [];
  for (let n = 1; n <= 100; n++) {
    results = [...results, push(n)];
    await settle();
    expect(n - last).toBeLessThanOrEqual(2 * busyFor + 1);
  }
  await Promise.all(results);
  expect(received).toBe(100);
});
