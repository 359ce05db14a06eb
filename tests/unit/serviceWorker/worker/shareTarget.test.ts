import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SHARED_CACHE, SHARED_FILE, SHARED_NAME, SHARED_TEXT } from '../../../../src/core/shared';
import { sharedText, takeShare } from '../../../../src/serviceWorker/worker/shareTarget';
import { takeShared } from '../../../../src/stores/sensing/words/shared';

const SCOPE = new URL('https://a.test/sub/');

/** As much of Cache Storage as sharing needs. */
function fakeCaches() {
  const all = new Map<string, Map<string, Response>>();
  const open = async (name: string) => {
    const kept = all.get(name) ?? new Map<string, Response>();
    all.set(name, kept);
    return {
      put: async (url: URL, response: Response) => void kept.set(url.href, response),
      match: async (url: URL) => kept.get(url.href),
    };
  };
  return { all, open, has: async (name: string) => all.has(name), delete: async (name: string) => all.delete(name) };
}

let caches: ReturnType<typeof fakeCaches>;
beforeEach(() => vi.stubGlobal('caches', (caches = fakeCaches())));
afterEach(() => vi.unstubAllGlobals());

const form = (fields: Readonly<Record<string, string | File>>): FormData => {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  return made;
};
const post = (body: FormData) => takeShare(new Request(new URL('share', SCOPE), { method: 'POST', body }), SCOPE);

test.each([
  [{ title: 'A note', text: 'I am glad.' }, 'A note\nI am glad.'],
  [{ title: 'Same', text: 'Same' }, 'Same'],
  [{ text: 'Look: https://x.test/', url: 'https://x.test/' }, 'Look: https://x.test/'],
  [{ title: '  ', text: '' }, ''],
  [{}, ''],
])('%j is shared as %j', (fields, text) => {
  expect(sharedText(form(fields))).toBe(text);
});

test('text and a file wait for the page, which takes them once', async () => {
  const file = new File(['12/31/23, 10:20 - Ada: Hello'], 'chät 1.txt', { type: 'text/plain' });
  const response = await post(form({ text: 'I am glad.', file }));
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe('https://a.test/sub/#/now');
  const shared = await takeShared(SCOPE.href);
  expect(shared?.text).toBe('I am glad.');
  expect(shared?.file?.name).toBe('chät 1.txt');
  expect(await shared?.file?.text()).toContain('Ada: Hello');
  expect(await takeShared(SCOPE.href)).toBeNull();
});

test('what is too long is cut, what is no form is dropped', async () => {
  await post(form({ text: 'x'.repeat(100_000), file: new File([new Uint8Array(7_000_000)], 'big.txt') }));
  const kept = caches.all.get(SHARED_CACHE);
  expect((await kept?.get(new URL(SHARED_TEXT, SCOPE).href)?.text())?.length).toBe(60_000);
  const file = kept?.get(new URL(SHARED_FILE, SCOPE).href);
  expect(file?.headers.get(SHARED_NAME)).toBe('big.txt');
  expect((await file?.arrayBuffer())?.byteLength).toBe(6_000_000);
  const bare = await takeShare(new Request(new URL('share', SCOPE), { method: 'POST', body: 'text' }), SCOPE);
  expect(bare.status).toBe(303);
});

test('in a window without Cache Storage nothing was shared', async () => {
  vi.unstubAllGlobals();
  expect(await takeShared(SCOPE.href)).toBeNull();
});
