import { guardStorage } from './storageError';

export interface StorageUse {
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  /** The browser promised not to delete the data when the disk is full; null when it cannot say. */
  readonly isPersisted: boolean | null;
}

/** What the browser says about the space of this app; nulls where it says nothing. */
export async function measureStorage(): Promise<StorageUse> {
  return guardStorage(async () => {
    // Absent outside secure contexts, whatever the types say.
    const storage = (globalThis as { navigator?: { storage?: StorageManager } }).navigator?.storage;
    const estimate = await storage?.estimate();
    const isPersisted = await storage?.persisted();
    return { usedBytes: estimate?.usage ?? null, quotaBytes: estimate?.quota ?? null, isPersisted: isPersisted ?? null };
  });
}

/** Asks the browser to keep the data when the disk is full; it may say no without asking anyone. */
export const askToPersist = (): Promise<boolean> =>
  guardStorage(async () => (await (globalThis as { navigator?: { storage?: StorageManager } }).navigator?.storage?.persist()) ?? false);
