import type { EmotionEstimate } from '../../core/emotion';
import type { EpochMs, Milliseconds } from '../../core/units';
import type { SyncInDatabase } from '../db';
import { guardStorage } from '../storageError';
import { transact } from '../transact';

const DAY: Milliseconds = 86_400_000;

/** How far apart kept estimates lie at least, by their age. */
const SPACING: readonly { readonly olderThan: Milliseconds; readonly spacing: Milliseconds }[] = [
  { olderThan: 30 * DAY, spacing: 600_000 },
  { olderThan: DAY, spacing: 60_000 },
  { olderThan: 3_600_000, spacing: 5_000 },
];

/** Keeps an estimate; a second one of the same millisecond replaces the first. */
export const putEstimate = (db: SyncInDatabase, estimate: EmotionEstimate): Promise<void> =>
  transact(db, ['estimates'], 'readwrite', async (transaction) => {
    await transaction.objectStore('estimates').put(estimate);
  });

/** Estimates with from ≤ at < to, oldest first. */
export const listEstimates = (db: SyncInDatabase, from: EpochMs, to: EpochMs): Promise<EmotionEstimate[]> =>
  guardStorage(() => db.getAll('estimates', IDBKeyRange.bound(from, to, false, true)));

/**
 * Thins the past: after an hour one estimate per 5 s stays, after a day one per minute, after 30 days one per ten minutes.
 * @returns how many were deleted
 */
export async function thinEstimates(db: SyncInDatabase, now: EpochMs): Promise<number> {
  return transact(db, ['estimates'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('estimates');
    let kept = -Infinity;
    let deleted = 0;
    for (const at of await store.getAllKeys(IDBKeyRange.upperBound(now - 3_600_000))) {
      const spacing = SPACING.find(({ olderThan }) => now - at > olderThan)?.spacing ?? 0;
      if (at - kept >= spacing) kept = at;
      else {
        await store.delete(at);
        deleted++;
      }
    }
    return deleted;
  });
}
