import type { ImportFailure } from '../../core/music';
import type { SyncInDatabase } from '../db';
import { guardStorage } from '../storageError';
import { transact } from '../transact';

/** Newest first. */
export const listFailures = (db: SyncInDatabase): Promise<ImportFailure[]> =>
  guardStorage(async () => (await db.getAllFromIndex('failures', 'at')).reverse());

export const putFailure = (db: SyncInDatabase, failure: ImportFailure): Promise<void> =>
  transact(db, ['failures'], 'readwrite', async (transaction) => {
    await transaction.objectStore('failures').put(failure);
  });

export const removeFailure = (db: SyncInDatabase, id: string): Promise<void> => guardStorage(() => db.delete('failures', id));

/** Forgets files that are not songs; songs whose analysis failed keep their reason. */
export const clearFileFailures = (db: SyncInDatabase): Promise<void> =>
  transact(db, ['failures'], 'readwrite', async (transaction) => {
    for await (const cursor of transaction.objectStore('failures')) if (cursor.value.trackId === null) await cursor.delete();
  });
