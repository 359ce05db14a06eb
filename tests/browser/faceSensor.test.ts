import { afterEach, describe, expect, test, vi } from 'vitest';
import { listCameras, openSensor } from '../../src/modalities/face/sensor';

afterEach(() => {
  vi.restoreAllMocks();
  setHidden(false);
});

function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Reads frames until there are `count`, closing each. */
async function watch(
  count: number,
  options: Parameters<typeof openSensor>[1] = {},
): Promise<{ at: number; arrived: number; width: number }[]> {
  const controller = new AbortController();
  const seen: { at: number; arrived: number; width: number }[] = [];
  for await (const { at, value } of openSensor(controller.signal, options)) {
    seen.push({ at, arrived: Date.now(), width: 'displayWidth' in value ? value.displayWidth : value.width });
    value.close();
    if (seen.length === count) controller.abort();
  }
  return seen;
}

describe('the camera sensor on the browser’s fake camera', () => {
  test('gives frames in capture order with epoch times, and turns the camera off at the end', async () => {
    let stream: MediaStream | null = null;
    const seen = await watch(10, {
      onOpen: (opened) => {
        stream = opened;
      },
    });
    expect(seen.length).toBe(10);
    expect(seen.every(({ width }) => width === 640)).toBe(true);
    const times = seen.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    for (const { at, arrived } of seen) expect(arrived - at >= 0 && arrived - at < 5000).toBe(true);
    expect((stream as MediaStream | null)?.getTracks().every((track) => track.readyState === 'ended')).toBe(true);
  });

  test('slows down when estimates lag', async () => {
    const gaps = (seen: { at: number }[]) => seen.slice(1).map(({ at }, i) => at - (seen[i]?.at ?? NaN));
    const slow = gaps(await watch(5, { busyMs: () => 200 }));
    for (const gap of slow) expect(gap).toBeGreaterThan(190);
  });

  test('works where frames can only be had through a video element', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'MediaStreamTrackProcessor');
    Reflect.deleteProperty(globalThis, 'MediaStreamTrackProcessor');
    try {
      const seen = await watch(3);
      expect(seen.every(({ width }) => width === 640)).toBe(true);
    } finally {
      if (own) Object.defineProperty(globalThis, 'MediaStreamTrackProcessor', own);
    }
  });

  test('a camera that is pulled out is a failure', async () => {
    const watching = watch(1000, { onOpen: (stream) => setTimeout(() => stream.getTracks().forEach((track) => track.stop()), 300) });
    await expect(watching).rejects.toMatchObject({ code: 'sensor/disconnected' });
  });

  test('a hidden page turns the camera off, and on again when it is seen', async () => {
    const opened: MediaStream[] = [];
    const watching = watch(8, {
      onOpen: (stream) => {
        opened.push(stream);
        if (opened.length === 1) setTimeout(() => setHidden(true), 100);
      },
    });
    await vi.waitFor(() => expect(opened[0]?.getTracks()[0]?.readyState).toBe('ended'), 10_000);
    expect(opened.length).toBe(1);
    setHidden(false);
    expect((await watching).length).toBe(8);
    expect(opened.length).toBe(2);
  });

  test('aborting while the page is hidden ends at once', async () => {
    setHidden(true);
    const controller = new AbortController();
    const next = openSensor(controller.signal).next();
    controller.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  test.each([
    ['NotAllowedError', 'sensor/permission-denied'],
    ['NotFoundError', 'sensor/not-found'],
    ['OverconstrainedError', 'sensor/not-found'],
    ['NotReadableError', 'sensor/in-use'],
    ['AbortError', 'sensor/in-use'],
    ['TypeError', 'sensor/unsupported'],
  ])('%s is %s', async (name, code) => {
    vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('no', name));
    await expect(watch(1)).rejects.toMatchObject({ code });
  });

  test('lists cameras', async () => {
    const cameras = await listCameras();
    expect(cameras.length).toBeGreaterThan(0);
    expect(cameras.every(({ id }) => typeof id === 'string')).toBe(true);
  });
});
