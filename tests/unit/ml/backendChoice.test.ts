import { describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors';
import { chooseBackend, FAST_ENOUGH_MS, measure, type BackendCandidate, type OpenSession } from '../../../src/ml/backend/backendChoice';

/** A machine on which every backend takes a known time per run. */
function machine(times: Record<string, number | AppError>) {
  let now = 0;
  const log: string[] = [];
  const candidates: BackendCandidate[] = Object.entries(times).map(([name, time]) => ({
    name,
    open: async () => {
      log.push(`open ${name}`);
      if (time instanceof AppError && time.code === 'model/run-failed') throw time;
      return { backend: name, release: async () => void log.push(`release ${name}`) } as OpenSession;
    },
  }));
  const options = {
    clock: () => now,
    probe: async ({ backend }: OpenSession) => {
      now += Number(times[backend]);
    },
    verify: async ({ backend }: OpenSession) => {
      const time = times[backend];
      if (time instanceof AppError) throw time;
    },
  };
  return { candidates, options, log };
}
const slow = 10 * FAST_ENOUGH_MS;
const wrong = new AppError('model/self-test-failed', 'wrong numbers');
const broken = new AppError('model/run-failed', 'no such backend');

describe('chooseBackend', () => {
  test('a fast first one ends the search: nothing else is downloaded', async () => {
    const { candidates, options, log } = machine({ wasm: 5, webgpu: 1 });
    expect(await chooseBackend(candidates, options)).toMatchObject({ name: 'wasm', measured: { wasm: 5 } });
    expect(log).toEqual(['open wasm']);
  });

  test('a slow first one is compared; the clearly faster wins and the loser is released', async () => {
    const { candidates, options, log } = machine({ wasm: slow, webgpu: slow / 4 });
    expect(await chooseBackend(candidates, options)).toMatchObject({ name: 'webgpu', measured: { wasm: slow, webgpu: slow / 4 } });
    expect(log).toEqual(['open wasm', 'open webgpu', 'release wasm']);
  });

  test('a software WebGPU loses, and so does a hair', async () => {
    for (const webgpu of [slow * 50, slow * 0.95]) {
      const { candidates, options, log } = machine({ wasm: slow, webgpu });
      expect((await chooseBackend(candidates, options)).name).toBe('wasm');
      expect(log.at(-1)).toBe('release webgpu');
    }
  });

  test('one that computes wrongly or does not open is passed over', async () => {
    const first = machine({ wasm: wrong, cpu: slow });
    expect((await chooseBackend(first.candidates, first.options)).name).toBe('cpu');
    expect(first.log).toEqual(['open wasm', 'release wasm', 'open cpu']);
    const second = machine({ wasm: slow, webgpu: broken });
    expect((await chooseBackend(second.candidates, second.options)).name).toBe('wasm');
  });

  test('none at all gives the first reason', async () => {
    const { candidates, options } = machine({ wasm: wrong, cpu: broken });
    await expect(chooseBackend(candidates, options)).rejects.toBe(wrong);
    await expect(chooseBackend([], options)).rejects.toMatchObject({ code: 'model/unavailable' });
  });

  test('an abort is nobody else’s turn', async () => {
    const { candidates, options } = machine({ wasm: 1, cpu: 1 });
    const abort = Object.assign(new Error('stop'), { name: 'AbortError' });
    await expect(chooseBackend(candidates, { ...options, verify: () => Promise.reject(abort) })).rejects.toBe(abort);
  });

  test('the remembered one is opened alone, and measured anew when it fails now', async () => {
    const good = machine({ wasm: slow, webgpu: 1 });
    expect(await chooseBackend(good.candidates, { ...good.options, remembered: 'webgpu' })).toMatchObject({ name: 'webgpu', measured: {} });
    expect(good.log).toEqual(['open webgpu']);
    const bad = machine({ wasm: slow, webgpu: wrong });
    expect(await chooseBackend(bad.candidates, { ...bad.options, remembered: 'webgpu' })).toMatchObject({ name: 'wasm' });
    const gone = machine({ wasm: 1 });
    expect((await chooseBackend(gone.candidates, { ...gone.options, remembered: 'webgpu' })).name).toBe('wasm');
  });
});

test('measure is the median after warming up', async () => {
  let now = 0;
  const costs = [500, 300, 9, 7, 100, 8, 6];
  expect(
    await measure(
      async () => {
        now += costs.shift() ?? 0;
      },
      () => now,
    ),
  ).toBe(8);
});
