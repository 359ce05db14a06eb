import { describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors';
import { guardStorage, toStorageError } from '../../../src/storage/storageError';
import { transact } from '../../../src/storage/transact';
import { makeTrack, openFresh } from './rowFixtures';

describe('transact', () => {
  test('keeps nothing when the body fails, and the failure stays what it is', async () => {
    const db = await openFresh();
    const failing = transact(db, ['tracks'], 'readwrite', async (transaction) => {
      await transaction.objectStore('tracks').put(makeTrack(1));
      throw new AppError('library/duplicate', 'no');
    });
    await expect(failing).rejects.toMatchObject({ code: 'library/duplicate' });
    expect(await db.count('tracks')).toBe(0);
  });

  test('a full disk is named, wherever it shows', async () => {
    const db = await openFresh();
    const full = transact(db, ['tracks'], 'readwrite', () => Promise.reject(new DOMException('disk full', 'QuotaExceededError')));
    await expect(full).rejects.toMatchObject({ code: 'storage/quota' });
  });

  test('a closed database is named', async () => {
    const db = await openFresh();
    db.close();
    await expect(transact(db, ['tracks'], 'readonly', (t) => t.objectStore('tracks').count())).rejects.toMatchObject({
      code: 'storage/unavailable',
    });
  });
});

describe('toStorageError', () => {
  test.each([
    ['QuotaExceededError', 'storage/quota'],
    ['VersionError', 'storage/upgrade-blocked'],
    ['SecurityError', 'storage/unavailable'],
    ['UnknownError', 'storage/unavailable'],
    ['NotReadableError', 'storage/corrupt'],
    ['TypeError', 'unexpected'],
  ])('%s is %s', (name, code) => {
    expect(toStorageError(new DOMException('x', name))).toMatchObject({ code });
  });

  test('aborts stay aborts and AppErrors themselves', async () => {
    const abort = Object.assign(new Error('stop'), { name: 'AbortError' });
    expect(toStorageError(abort)).toBe(abort);
    const own = new AppError('storage/corrupt', 'x');
    await expect(guardStorage(() => Promise.reject(own))).rejects.toBe(own);
  });
});
