import type { EpochMs } from '../../../core/units';
import type { WrittenEntry } from '../../../core/records/writtenEntry';
import type { SyncInDatabase } from '../../db';
import { guardStorage } from '../../storageError';
import { transact } from '../../transact';

/** Keeps what was written, in place of an earlier state of it. */
export const putEntry = (db: SyncInDatabase, entry: WrittenEntry): Promise<void> =>
  transact(db, ['entries'], 'readwrite', async (transaction) => {
    await transaction.objectStore('entries').put(entry);
  });

export const deleteEntry = (db: SyncInDatabase, at: EpochMs): Promise<void> =>
  transact(db, ['entries'], 'readwrite', async (transaction) => {
    await transaction.objectStore('entries').delete(at);
  });

/** Entries with from ≤ at < to, oldest first. */
export const listEntries = (db: SyncInDatabase, from: EpochMs, to: EpochMs): Promise<WrittenEntry[]> =>
  guardStorage(() => db.getAll('entries', IDBKeyRange.bound(from, to, false, true)));
