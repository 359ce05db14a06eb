import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serve, type CallContext, type Port } from '../../../src/rpc/rpc';
import { createWorkerHost, type HostedWorker } from '../../../src/workers/workerHost';

const handlers = {
  echo: (value: string) => value,
  forever: () => new Promise<never>(() => {}),
  untilAborted: (_: null, { signal }: CallContext) =>
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(Object.assign(new Error('stopped'), { name: 'AbortError' })));
    }),
};

/** Stands in for a worker: two event targets that talk over microtasks. */
class FakeWorker {
  static all: FakeWorker[] = [];
  isTerminated = false;
  readonly #outside = new EventTarget();
  readonly #inside = new EventTarget();

  constructor() {
    FakeWorker.all.push(this);
    const post = (to: EventTarget) => (data: unknown) =>
      queueMicrotask(() => {
        if (!this.isTerminated) to.dispatchEvent(new MessageEvent('message', { data: structuredClone(data) }));
      });
    serve({ postMessage: post(this.#outside), addEventListener: this.#inside.addEventListener.bind(this.#inside) } as Port, handlers);
    this.postMessage = post(this.#inside);
  }

  postMessage: (data: unknown) => void;
  addEventListener(type: string, listener: (event: never) => void): void {
    this.#outside.addEventListener(type, listener as unknown as EventListener);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  crash(message: string): void {
    this.#outside.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

const hostOf = (options: Partial<Parameters<typeof createWorkerHost>[0]> = {}) =>
  createWorkerHost<typeof handlers>({ spawn: () => new FakeWorker() as unknown as HostedWorker, idleMs: null, ...options });
const last = () => FakeWorker.all.at(-1) as FakeWorker;
/** Lets microtasks run under fake timers. */
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  FakeWorker.all = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('createWorkerHost', () => {
  test('starts with the first call and keeps the worker for the next', async () => {
    const host = hostOf();
    expect(host.isRunning).toBe(false);
    expect(await host.remote.echo('a')).toBe('a');
    expect(await host.remote.echo('b')).toBe('b');
    expect(FakeWorker.all.length).toBe(1);
    expect(host.generation).toBe(1);
  });

  test('a crash rejects what waits, with the worker’s own words', async () => {
    const host = hostOf();
    const call = host.remote.forever(undefined as never);
    const seen = expect(call).rejects.toMatchObject({ code: 'worker/crashed', message: 'out of memory' });
    await settle();
    last().crash('out of memory');
    await seen;
    expect(last().isTerminated).toBe(true);
    expect(host.pending).toBe(0);
  });

  test('restarts with a growing pause, three times, then gives up until it is stopped', async () => {
    const host = hostOf({ backOffMs: 100 });
    for (let crash = 0; crash < 4; crash++) {
      const call = host.remote.forever(undefined as never);
      const seen = expect(call).rejects.toMatchObject({ code: 'worker/crashed' });
      await vi.advanceTimersByTimeAsync(crash === 0 ? 0 : 100 * 2 ** (crash - 1) - 1);
      expect(FakeWorker.all.length).toBe(crash === 0 ? 1 : crash);
      await vi.advanceTimersByTimeAsync(1);
      expect(FakeWorker.all.length).toBe(crash + 1);
      last().crash('again');
      await seen;
    }
    const refused = expect(host.remote.echo('x')).rejects.toMatchObject({ code: 'worker/crashed', message: 'gave up after 4 crashes' });
    await vi.advanceTimersByTimeAsync(10_000);
    await refused;
    expect(FakeWorker.all.length).toBe(4);
    host.stop();
    expect(await host.remote.echo('fresh')).toBe('fresh');
  });

  test('a worker that lived long makes up for earlier deaths, one that answered a call before does not', async () => {
    const liveFor = async (ms: number, rounds: number) => {
      const host = hostOf({ backOffMs: 10, maxRestarts: 2, healthyMs: 1000 });
      for (let round = 0; round < rounds; round++) {
        const call = host.remote.echo(`${round}`);
        const seen = expect(call).resolves.toBe(`${round}`);
        await vi.advanceTimersByTimeAsync(50);
        await seen;
        await vi.advanceTimersByTimeAsync(ms);
        last().crash('now and then');
      }
      return host;
    };
    await liveFor(1000, 6);
    const host = await liveFor(0, 3);
    const refused = expect(host.remote.echo('once more')).rejects.toMatchObject({ message: 'gave up after 3 crashes' });
    await vi.advanceTimersByTimeAsync(1000);
    await refused;
  });

  test('an idle worker is stopped, a busy one is not', async () => {
    const host = hostOf({ idleMs: 1000 });
    await host.remote.echo('a');
    await vi.advanceTimersByTimeAsync(900);
    await host.remote.echo('b');
    await vi.advanceTimersByTimeAsync(900);
    expect(host.isRunning).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(host.isRunning).toBe(false);
    const call = host.remote.forever(undefined as never);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(host.isRunning).toBe(true);
    const seen = expect(call).rejects.toMatchObject({ code: 'worker/crashed' });
    host.stop();
    await seen;
  });

  test('an abort that the handler answers leaves the worker alive', async () => {
    const host = hostOf({ abortGraceMs: 5000 });
    const controller = new AbortController();
    const seen = expect(host.remote.untilAborted(null, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    await settle();
    controller.abort();
    await seen;
    await vi.advanceTimersByTimeAsync(6000);
    expect(host.isRunning).toBe(true);
  });

  test('an abort that nobody answers costs the worker its life after the grace, not before', async () => {
    const host = hostOf({ abortGraceMs: 5000 });
    const controller = new AbortController();
    const seen = expect(host.remote.forever(undefined as never, { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    await settle();
    controller.abort();
    await vi.advanceTimersByTimeAsync(4900);
    expect(last().isTerminated).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    await seen;
    expect(last().isTerminated).toBe(true);
    const again = host.remote.echo('next');
    expect(await again).toBe('next');
    expect(FakeWorker.all.length).toBe(2);
  });

  test('a signal aborted beforehand starts nothing', async () => {
    const host = hostOf();
    await expect(host.remote.echo('a', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(FakeWorker.all.length).toBe(0);
  });
});
