import { afterEach, expect, test, vi } from 'vitest';
import { DATABASE_NAME, openDatabase } from '../../src/storage/db';
import { eraseEverything } from '../../src/storage/eraseEverything';
import { collectOrphans, createCopy, openCopy, removeCopy } from '../../src/storage/opfs';
import { askToPersist, measureStorage } from '../../src/storage/quota';
import { loadEmbeddings } from '../../src/storage/rows/embeddings/loadEmbeddings';
import { getHandle, listHandles, pruneHandles, putHandle } from '../../src/storage/rows/handles';
import { copyNames } from './support/libraryFixtures';

afterEach(() => void vi.restoreAllMocks());

async function writeCopy(key: string, ...parts: readonly number[][]): Promise<void> {
  const copy = await createCopy(key);
  for (const part of parts) await copy.write(Uint8Array.from(part));
  await copy.finish();
}
const bytesOf = async (key: string) => {
  const file = await openCopy(key);
  return file && [...new Uint8Array(await file.arrayBuffer())];
};

test('a copy appears whole, replaces the older one, and goes', async () => {
  await writeCopy('a', [1, 2], [3]);
  expect(await bytesOf('a')).toEqual([1, 2, 3]);
  await writeCopy('a', [9]);
  expect(await bytesOf('a')).toEqual([9]);
  await removeCopy('a');
  await removeCopy('a');
  expect(await openCopy('a')).toBeNull();
});

test('a copy that is given up leaves nothing', async () => {
  const copy = await createCopy('b');
  await copy.write(Uint8Array.of(1));
  await copy.discard();
  expect(await copyNames()).not.toContain('b');
});

test('orphans and parts of them go; what is needed and what appears meanwhile stays', async () => {
  await writeCopy('needed', [1]);
  await writeCopy('orphan', [1]);
  await writeCopy('part-orphan', [1]);
  await writeCopy('part-needed', [1]);
  const removed = await collectOrphans(async () => {
    await writeCopy('late', [1]);
    return (key) => key === 'needed';
  });
  expect(removed).toEqual(expect.arrayContaining(['orphan', 'part-orphan']));
  expect(await copyNames()).toEqual(expect.arrayContaining(['needed', 'part-needed', 'late']));
});

test('a full disk and a missing file system are named', async () => {
  vi.spyOn(FileSystemFileHandle.prototype, 'createWritable').mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
  await expect(createCopy('c')).rejects.toMatchObject({ code: 'storage/quota' });
  vi.spyOn(navigator.storage, 'getDirectory').mockRejectedValue(new DOMException('no', 'SecurityError'));
  await expect(openCopy('c')).rejects.toMatchObject({ code: 'storage/unavailable' });
});

test('a real IndexedDB that is full rejects with the quota code', async () => {
  const db = await openDatabase({ name: `full-${crypto.randomUUID()}` });
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await expect(
    putHandle(db, { id: 'x', name: 'x', handle: await navigator.storage.getDirectory(), addedAt: 1, listedAt: 1 }),
  ).rejects.toMatchObject({
    code: 'storage/quota',
  });
});

test('handles survive storing, and go when nothing needs them', async () => {
  const db = await openDatabase({ name: `handles-${crypto.randomUUID()}` });
  const handle = await (await navigator.storage.getDirectory()).getDirectoryHandle('kept', { create: true });
  await putHandle(db, { id: 'listing', name: 'kept', handle, addedAt: 1, listedAt: null });
  await putHandle(db, { id: 'done', name: 'kept', handle, addedAt: 1, listedAt: 2 });
  expect(await (await getHandle(db, 'done'))?.handle.isSameEntry(handle)).toBe(true);
  await pruneHandles(db);
  expect((await listHandles(db)).map(({ id }) => id)).toEqual(['listing']);
});

test('ten thousand packed embeddings load in well under a second', async () => {
  const db = await openDatabase({ name: `many-${crypto.randomUUID()}` });
  const dimension = 128;
  for (let id = 0; id < 20; id++) {
    const trackIds = Array.from({ length: 512 }, (_, slot) => `t${id}-${slot}` as never);
    await db.put('embeddings', { id, dimension, trackIds, vectors: new Float32Array(512 * dimension).fill(id) });
  }
  const start = performance.now();
  const packed = await loadEmbeddings(db);
  expect(performance.now() - start).toBeLessThan(1000);
  expect(packed.vectors).toHaveLength(10_240 * dimension);
  expect(packed.vectors.at(-1)).toBe(19);
});

test('the browser says how much is used', async () => {
  const { usedBytes, quotaBytes } = await measureStorage();
  expect(usedBytes).toBeGreaterThanOrEqual(0);
  expect(quotaBytes).toBeGreaterThan(0);
  expect(typeof (await askToPersist())).toBe('boolean');
});

test('erasing takes databases, copies, caches and web storage', async () => {
  const db = await openDatabase();
  await db.put('settings', { volume: 1 } as never, 'settings');
  await writeCopy('erase-me', [1]);
  await (await caches.open('erase-me')).put('/x', new Response('x'));
  localStorage.setItem('erase-me', '1');
  await eraseEverything(db);
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(DATABASE_NAME);
  expect(await copyNames()).toEqual([]);
  expect(await caches.keys()).not.toContain('erase-me');
  expect(localStorage.getItem('erase-me')).toBeNull();
});
