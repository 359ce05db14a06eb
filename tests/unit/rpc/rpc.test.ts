import { afterEach, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors';
import { connect, latestOnly, serve, Transferred, type Port } from '../../../src/rpc/rpc';

let kept = new Float32Array();
const handlers = {
  add: ({ a, b }: { a: number; b: number }) => a + b,
  async slow(ms: number, { signal, progress }: { signal: AbortSignal; progress(v: unknown): void }) {
    for (let i = 0; i < ms; i += 5) {
      signal.throwIfAborted();
      progress(i / ms);
      await new Promise((r) => setTimeout(r, 5));
    }
    return 'done';
  },
  fail() {
    throw new AppError('model/hash-mismatch', 'face@1.2.0: sha256 differs', { cause: new RangeError('root') });
  },
  double(x: Float32Array) {
    kept = x.map((v) => v * 2);
    return new Transferred(kept, [kept.buffer]);
  },
  forever: () => new Promise<never>(() => {}),
};
const open: MessagePort[] = [];
function pair() {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  serve(port1 as unknown as Port, handlers);
  return connect<typeof handlers>(port2 as unknown as Port);
}
afterEach(() => open.splice(0).forEach((p) => p.close()));

test('answers are matched to their own call, whatever the order', async () => {
  const client = pair();
  const { remote } = client;
  const slow = remote.slow(40);
  expect(await remote.add({ a: 2, b: 3 })).toBe(5);
  expect(client.pending).toBe(1);
  expect(await slow).toBe('done');
  expect(client.pending).toBe(0);
});
test('error code and cause survive the border', async () => {
  const error = await pair()
    .remote.fail(undefined as never)
    .catch((e: unknown) => e);
  expect(error).toBeInstanceOf(AppError);
  expect((error as AppError).code).toBe('model/hash-mismatch');
  expect(((error as AppError).cause as Error).message).toBe('root');
});
test('abort stops the handler and rejects with AbortError', async () => {
  const { remote } = pair();
  const controller = new AbortController();
  const seen: unknown[] = [];
  const call = remote.slow(5000, {
    signal: controller.signal,
    onProgress: (v) => {
      seen.push(v);
      if (seen.length === 3) controller.abort();
    },
  });
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  expect(seen.length).toBeLessThan(10);
});
test('a signal aborted beforehand sends nothing; a finished call leaves no listener on a long-lived signal', async () => {
  const client = pair();
  await expect(client.remote.add({ a: 1, b: 1 }, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  expect(client.pending).toBe(0);
  const { signal } = new AbortController();
  const balance = { add: 0, remove: 0 };
  signal.addEventListener = () => {
    balance.add++;
  };
  signal.removeEventListener = () => {
    balance.remove++;
  };
  await client.remote.add({ a: 1, b: 1 }, { signal });
  await client.remote.fail(undefined as never, { signal }).catch(() => {});
  expect(balance).toEqual({ add: 2, remove: 2 });
});
test('a dead worker rejects everything pending and everything after', async () => {
  const { remote, fail } = pair();
  const call = remote.forever(undefined as never);
  fail(new AppError('worker/crashed', 'face worker: out of memory'));
  await expect(call).rejects.toMatchObject({ code: 'worker/crashed' });
  await expect(remote.add({ a: 1, b: 1 })).rejects.toMatchObject({ code: 'worker/crashed' });
});
test('buffers move both ways', async () => {
  const { remote } = pair();
  const x = Float32Array.of(1, 2, 3);
  const y = await remote.double(x, { transfer: [x.buffer] });
  expect([...y]).toEqual([2, 4, 6]);
  expect(x.length).toBe(0);
  expect(kept.length).toBe(0);
});
test('an argument that cannot be cloned rejects with its call name', async () => {
  const { remote } = pair();
  await expect(remote.add({ a: 1, b: (() => 1) as unknown as number })).rejects.toThrow(/argument of add/);
});
test('latestOnly runs first and last, drops the middle', async () => {
  const ran: number[] = [];
  const call = latestOnly(async (n: number) => {
    ran.push(n);
    await new Promise((r) => setTimeout(r, 10));
    return n;
  });
  expect(await Promise.all([call(1), call(2), call(3)])).toEqual([1, 'superseded', 3]);
  expect(ran).toEqual([1, 3]);
});
