import type { FeedbackEvent } from '../../core/music';
import type { EpochMs } from '../../core/units';
import type { SyncInDatabase } from '../db';
import { guardStorage } from '../storageError';
import { transact } from '../transact';

/** Adds to the log. It has no verb to change or remove an event: preferences are recomputed from all of it. */
export const appendFeedback = (db: SyncInDatabase, event: FeedbackEvent): Promise<void> =>
  transact(db, ['feedback'], 'readwrite', async (transaction) => {
    await transaction.objectStore('feedback').add(event);
  });

/** In the order in which the events were written. */
export const listFeedback = (db: SyncInDatabase): Promise<FeedbackEvent[]> => guardStorage(() => db.getAll('feedback'));

/** Events with from ≤ at < to, oldest first. */
export const listFeedbackBetween = (db: SyncInDatabase, from: EpochMs, to: EpochMs): Promise<FeedbackEvent[]> =>
  guardStorage(() => db.getAllFromIndex('feedback', 'at', IDBKeyRange.bound(from, to, false, true)));
