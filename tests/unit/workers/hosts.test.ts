import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serve, type Port } from '../../../src/rpc/rpc';
import { createEmotionHost } from '../../../src/workers/hosts';
import type { HostedWorker } from '../../../src/workers/workerHost';

let workers: { opened: string[]; pushed: number[]; crash(): void }[];
let release: (() => void)[];

/** A worker whose pushes wait until the test releases them. */
function spawn(): HostedWorker {
  const [outside, inside] = [new EventTarget(), new EventTarget()];
  let isDead = false;
  const post = (to: EventTarget) => (data: unknown) =>
    queueMicrotask(() => void (isDead || to.dispatchEvent(new MessageEvent('message', { data }))));
  const seen = {
    opened: [] as string[],
    pushed: [] as number[],
    crash: () => void outside.dispatchEvent(Object.assign(new Event('error'), { message: 'boom' })),
  };
  workers.push(seen);
  serve({ postMessage: post(outside), addEventListener: inside.addEventListener.bind(inside) } as Port, {
    open: ({ baseUrl }: { baseUrl: string }) => {
      seen.opened.push(baseUrl);
      return { models: [] };
    },
    push: ({ frames }: { frames: readonly { at: number }[] }) => {
      seen.pushed.push(...frames.map(({ at }) => at));
      const result = { observation: null, geometry: null, baseline: null, reading: null, stages: {}, took: 12 };
      return new Promise((resolve) => release.push(() => resolve(frames.map(() => result))));
    },
    close: () => {},
  });
  return {
    postMessage: post(inside),
    addEventListener: outside.addEventListener.bind(outside),
    terminate: () => {
      isDead = true;
    },
  } as unknown as HostedWorker;
}

const hostOf = () => createEmotionHost({ baseUrl: 'https://app.test/', spawn });
const frameAt = (at: number) => ({ at, value: { close: vi.fn() } });
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  workers = [];
  release = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('the newest frame wins; the one it replaces is counted and freed', async () => {
  const host = hostOf();
  await host.open('face');
  expect(host.busyMs('face')).toBeNull();
  const frames = [frameAt(1), frameAt(2), frameAt(3)];
  const results = frames.map((frame) => host.push('face', frame, []));
  await settle();
  release.shift()?.();
  await settle();
  release.shift()?.();
  expect(await Promise.all(results)).toEqual([expect.objectContaining({ took: 12 }), 'superseded', expect.objectContaining({ took: 12 })]);
  expect(workers[0]?.pushed).toEqual([1, 3]);
  expect(host.droppedFrames).toBe(1);
  expect(frames.map(({ value }) => value.close.mock.calls.length)).toEqual([0, 1, 0]);
  expect(host.busyMs('face')).toBe(12);
});

test.each([
  ['voice', [100, 300, 400]],
  ['physiology', [100, 200, 300, 400]],
] as const)('while the worker is busy, blocks of %s wait and go as one; only sound of long ago is let go', async (id, kept) => {
  const host = hostOf();
  await host.open(id);
  // 96 ms apart but for one hole of six seconds, in front of the last two.
  const times = new Map([
    ...[100, 200].map((name, i) => [name, 96 * i] as const),
    ...[300, 400].map((name, i) => [name, 6000 + 96 * i] as const),
  ]);
  const results = [...times.values()].map((at) => host.push(id, frameAt(at), []));
  await settle();
  release.shift()?.();
  await settle();
  release.shift()?.();
  const settled = await Promise.all(results);
  expect([...times.keys()].filter((_, i) => settled[i] !== 'superseded')).toEqual(kept);
  expect(workers[0]?.pushed).toEqual(kept.map((name) => times.get(name)));
  expect(host.droppedFrames).toBe(4 - kept.length);
});

test('after a crash the next frame finds a new worker with the modality open again', async () => {
  const host = hostOf();
  await host.open('face');
  const lost = expect(host.push('face', frameAt(1), [])).rejects.toMatchObject({ code: 'worker/crashed' });
  await settle();
  workers[0]?.crash();
  await lost;
  const next = host.push('face', frameAt(2), []);
  await vi.advanceTimersByTimeAsync(1000);
  release.at(-1)?.();
  expect(await next).toMatchObject({ took: 12 });
  expect(workers.length).toBe(2);
  expect(workers[1]).toMatchObject({ opened: ['https://app.test/'], pushed: [2] });
});

test('a worker that keeps dying is given up with its code', async () => {
  const host = hostOf();
  await host.open('face');
  for (let death = 0; death < 4; death++) {
    const lost = expect(host.push('face', frameAt(death), [])).rejects.toMatchObject({ code: 'worker/crashed' });
    await vi.advanceTimersByTimeAsync(5000);
    workers.at(-1)?.crash();
    await lost;
  }
  const refused = expect(host.push('face', frameAt(9), [])).rejects.toMatchObject({ code: 'worker/crashed' });
  await vi.advanceTimersByTimeAsync(60_000);
  await refused;
  expect(workers.length).toBe(4);
});

test('closing what is not open starts no worker', async () => {
  await hostOf().close('face');
  expect(workers.length).toBe(0);
});
