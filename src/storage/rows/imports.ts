import type { TrackId } from '../../core/units';
import type { QueuedFile, SyncInDatabase } from '../db';
import { guardStorage } from '../storageError';
import { transact } from '../transact';

/** Adds files to the queue, all or none. */
export const queueFiles = (db: SyncInDatabase, files: readonly QueuedFile[]): Promise<void> =>
  transact(db, ['imports'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('imports');
    await Promise.all(files.map((file) => store.put(file)));
  });

export const listQueued = (db: SyncInDatabase): Promise<QueuedFile[]> => guardStorage(() => db.getAll('imports'));

/** Counts one more beginning of reading a file; undefined when it is no longer queued. */
export const beginReading = (db: SyncInDatabase, id: TrackId): Promise<QueuedFile | undefined> =>
  transact(db, ['imports'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('imports');
    const row = await store.get(id);
    if (!row) return undefined;
    const begun = { ...row, attempts: row.attempts + 1 };
    await store.put(begun);
    return begun;
  });

/** Takes back a beginning that ended for a reason that lies not in the file. */
export const unbeginReading = (db: SyncInDatabase, id: TrackId): Promise<void> =>
  transact(db, ['imports'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('imports');
    const row = await store.get(id);
    if (row) await store.put({ ...row, attempts: Math.max(0, row.attempts - 1) });
  });
