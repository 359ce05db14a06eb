import type { StoredHandle, SyncInDatabase } from '../db';
import { collectTexts } from '../catalogue/collectTexts';
import { CATALOGUE_STORES, catalogueOf } from '../catalogue/songRows';
import { guardStorage } from '../storageError';
import { transact } from '../transact';

export const getHandle = (db: SyncInDatabase, id: string): Promise<StoredHandle | undefined> => guardStorage(() => db.get('handles', id));

export const listHandles = (db: SyncInDatabase): Promise<StoredHandle[]> => guardStorage(() => db.getAll('handles'));

export const putHandle = (db: SyncInDatabase, handle: StoredHandle): Promise<void> =>
  transact(db, ['handles'], 'readwrite', async (transaction) => {
    await transaction.objectStore('handles').put(handle);
  });

/** Deletes handles that neither a song nor a queued file needs, except folders that are still being listed. */
export async function pruneHandles(db: SyncInDatabase): Promise<void> {
  await transact(db, [...CATALOGUE_STORES, 'handles', 'imports'], 'readwrite', async (transaction) => {
    const needed = await collectTexts(catalogueOf(transaction), 'handle');
    for await (const { value } of transaction.objectStore('imports')) if (value.handleId !== null) needed.add(value.handleId);
    const handles = transaction.objectStore('handles');
    for (const { id, listedAt } of await handles.getAll()) if (listedAt !== null && !needed.has(id)) await handles.delete(id);
  });
}
