import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../../src/core/errors';
import { failureKind } from '../../../../src/library/pipeline/failureKind';
import { throttle } from '../../../../src/library/pipeline/timing/throttle';
import { withTimeLimit } from '../../../../src/library/pipeline/timing/withTimeLimit';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('withTimeLimit', () => {
  const limit = (onExpired = () => undefined) => ({ limitMs: 1000, code: 'library/decode-failed', onExpired }) as const;

  test('work without a sign of life is ended', async () => {
    const onExpired = vi.fn();
    const stuck = withTimeLimit(limit(onExpired), () => new Promise(() => undefined));
    const caught = expect(stuck).rejects.toMatchObject({ code: 'library/decode-failed' });
    await vi.advanceTimersByTimeAsync(1001);
    await caught;
    expect(onExpired).toHaveBeenCalledOnce();
  });

  test('each sign of life starts the clock anew', async () => {
    const onExpired = vi.fn();
    let isAlive = () => undefined as void;
    let end = (_value: string) => undefined as void;
    const work = withTimeLimit(limit(onExpired), (alive) => {
      isAlive = alive;
      return new Promise<string>((resolve) => (end = resolve));
    });
    for (let i = 0; i < 5; i++) {
      await vi.advanceTimersByTimeAsync(900);
      isAlive();
    }
    end('done');
    expect(await work).toBe('done');
    await vi.advanceTimersByTimeAsync(5000);
    expect(onExpired).not.toHaveBeenCalled();
  });

  test('failures of the work come through', async () => {
    await expect(withTimeLimit(limit(), () => Promise.reject(new AppError('library/not-audio', 'x')))).rejects.toMatchObject({
      code: 'library/not-audio',
    });
  });
});

describe('throttle', () => {
  test('at once, then once per pause, and always after the last call', async () => {
    const run = vi.fn();
    const call = throttle(run, 250);
    for (let i = 0; i < 10; i++) call();
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(250);
    expect(run).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(run).toHaveBeenCalledTimes(2);
    call();
    expect(run).toHaveBeenCalledTimes(3);
    call();
    call.cancel();
    await vi.advanceTimersByTimeAsync(1000);
    expect(run).toHaveBeenCalledTimes(3);
  });
});

test.each([
  [Object.assign(new Error('x'), { name: 'AbortError' }), 'aborted'],
  [new AppError('library/permission-lost', 'x'), 'permission'],
  [new AppError('storage/quota', 'x'), 'halt'],
  [new AppError('model/unavailable', 'x'), 'halt'],
  [new AppError('model/run-failed', 'x'), 'file'],
  [new AppError('worker/crashed', 'x'), 'crash'],
  [new AppError('library/decode-failed', 'x'), 'file'],
  [new TypeError('x'), 'file'],
])('%s is for %s', (error, kind) => {
  expect(failureKind(error)).toBe(kind);
});
