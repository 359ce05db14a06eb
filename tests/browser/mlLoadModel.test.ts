import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadModel, type LoadProgress } from '../../src/ml/loadModel';
import { MODEL_CACHE } from '../../src/ml/modelFiles';
import { measureLoad } from '../../src/ml/modelSize';

const FOLDER = new URL('/tests/fixtures/models/tiny/', location.origin).href;
const INPUT = { x: { data: Float32Array.of(1, 0, 0, 0), shape: [1, 4] } };
const realFetch = globalThis.fetch;

/** Changes what the network says for URLs that end in `name`. */
function tamper(name: string, change: (response: Response) => Promise<Response> | Response): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const response = await realFetch(input, init);
    return url.endsWith(name) ? change(response) : response;
  });
}

function goOffline(): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return url.includes('/tests/fixtures/') ? Promise.reject(new TypeError('Failed to fetch')) : realFetch(input, init);
  });
}

const load = (signal?: AbortSignal, onProgress?: (progress: LoadProgress) => void) => loadModel(FOLDER, { signal, onProgress });
const codeOf = (loading: Promise<unknown>) =>
  loading.then(
    () => 'loaded',
    (error: { code?: unknown; name: string }) => (typeof error.code === 'string' ? error.code : error.name),
  );

beforeEach(() => caches.delete(MODEL_CACHE));
afterEach(() => vi.restoreAllMocks());

describe('loadModel', () => {
  test('opens a session that passed its self-test, and tells the progress', async () => {
    const seen: LoadProgress[] = [];
    const { session, measured } = await load(undefined, (progress) => seen.push(progress));
    const { scores } = await session.run(INPUT);
    expect(scores?.shape).toEqual([1, 3]);
    expect(Array.from(scores?.data as Float32Array).every(Number.isFinite)).toBe(true);
    expect(session.backend).toMatch(/^wasm, \d thread/);
    expect(Object.keys(measured)).toContain('wasm');
    expect(seen[0]).toEqual({ loadedBytes: 0, totalBytes: 148 });
    expect(seen.at(-1)).toEqual({ loadedBytes: 148, totalBytes: 148 });
  });

  test('a second time it measures nothing and asks the network for descriptions only', async () => {
    await load();
    const asked: string[] = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
      asked.push(String(input instanceof Request ? input.url : input));
      return realFetch(input, init);
    });
    const { measured } = await load();
    expect(measured).toEqual({});
    expect(asked.filter((url) => url.endsWith('model.onnx'))).toEqual([]);
  });

  test('works offline once it was loaded', async () => {
    await load();
    goOffline();
    const { session } = await load();
    expect((await session.run(INPUT))['scores']?.data.length).toBe(3);
  });

  test('offline without a copy it says that it cannot be loaded', async () => {
    goOffline();
    expect(await codeOf(load())).toBe('model/fetch-failed');
  });

  test('a changed byte is a hash mismatch and is not kept', async () => {
    tamper('model.onnx', async (response) => {
      const bytes = new Uint8Array(await response.arrayBuffer());
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      return new Response(bytes);
    });
    expect(await codeOf(load())).toBe('model/hash-mismatch');
    vi.restoreAllMocks();
    expect(await codeOf(load())).toBe('loaded');
  });

  test.each([
    ['shorter', (bytes: Uint8Array) => bytes.slice(0, 100)],
    ['longer', (bytes: Uint8Array) => Uint8Array.of(...bytes, 0)],
  ])('a %s file is a mismatch', async (_, change) => {
    tamper('model.onnx', async (response) => new Response(Uint8Array.from(change(new Uint8Array(await response.arrayBuffer())))));
    expect(await codeOf(load())).toBe('model/hash-mismatch');
  });

  test('a copy that was damaged on the disk is fetched again', async () => {
    await load();
    const cache = await caches.open(MODEL_CACHE);
    const hash = (await cache.keys()).find(({ url }) => /[0-9a-f]{64}$/.test(url));
    await cache.put(hash as Request, new Response(new Uint8Array(148)));
    expect(await codeOf(load())).toBe('loaded');
  });

  test('wrong numbers fail the self-test', async () => {
    tamper('selftest.out.f32', () => new Response(Float32Array.of(9, 9, 9)));
    expect(await codeOf(load())).toBe('model/self-test-failed');
  });

  test('a page instead of a description is not one', async () => {
    tamper('manifest.json', () => new Response('<!doctype html>'));
    expect(await codeOf(load())).toBe('model/manifest-invalid');
  });

  test('a model that the build lacks is unavailable', async () => {
    tamper('manifest.json', () => new Response('', { status: 404 }));
    expect(await codeOf(load())).toBe('model/unavailable');
  });

  test('an abort stops the download', async () => {
    const controller = new AbortController();
    tamper('model.onnx', () => {
      controller.abort();
      return new Response(new ReadableStream({ pull: (stream) => stream.error(controller.signal.reason) }));
    });
    expect(await codeOf(load(controller.signal))).toBe('AbortError');
    expect(await codeOf(load(AbortSignal.abort()))).toBe('AbortError');
  });
});

test('measureLoad counts what is missing and forgets what is here', async () => {
  const request = { models: [FOLDER], vendorUrl: new URL('/vendor/', location.origin).href, vendorFiles: [] };
  const before = await measureLoad(request);
  await load();
  const after = await measureLoad(request);
  expect(before.totalBytes).toBe(14_239_897 + 148);
  expect(before.missingBytes - after.missingBytes).toBe(148);
  // A sense without a model never loads the runtime.
  expect(await measureLoad({ ...request, models: [] })).toEqual({ totalBytes: 0, missingBytes: 0 });
});
