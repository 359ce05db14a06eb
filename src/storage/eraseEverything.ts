import { deleteDB } from 'idb';
import { DATABASE_NAME, type SyncInDatabase } from './db';
import { toStorageError } from './storageError';

async function eraseDatabase(db: SyncInDatabase | null): Promise<void> {
  db?.close();
  await deleteDB(db?.name ?? DATABASE_NAME);
}

async function eraseFiles(): Promise<void> {
  const storage = (globalThis as { navigator?: { storage?: StorageManager } }).navigator?.storage;
  if (!storage || !('getDirectory' in storage)) return;
  const root = await storage.getDirectory();
  const names: string[] = [];
  for await (const name of root.keys()) names.push(name);
  for (const name of names) await root.removeEntry(name, { recursive: true });
}

async function eraseCaches(): Promise<void> {
  if (!('caches' in globalThis)) return;
  for (const name of await caches.keys()) await caches.delete(name);
}

async function eraseServiceWorkers(): Promise<void> {
  const container = (globalThis as { navigator?: { serviceWorker?: ServiceWorkerContainer } }).navigator?.serviceWorker;
  for (const registration of (await container?.getRegistrations()) ?? []) await registration.unregister();
}

function eraseWebStorage(): Promise<void> {
  if ('localStorage' in globalThis) localStorage.clear();
  if ('sessionStorage' in globalThis) sessionStorage.clear();
  return Promise.resolve();
}

/**
 * Deletes all that the app keeps on this device. Stop the pipeline and the workers first: an open file cannot be deleted.
 * One part that fails does not keep the others; the first failure is thrown at the end.
 */
export async function eraseEverything(db: SyncInDatabase | null): Promise<void> {
  const results = await Promise.allSettled([eraseDatabase(db), eraseFiles(), eraseCaches(), eraseServiceWorkers(), eraseWebStorage()]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw toStorageError(failed.reason);
}
