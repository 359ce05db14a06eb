import type { KeptRecording } from '../../../core/records/keptRecording';
import type { EpochMs } from '../../../core/units';
import type { SyncInDatabase } from '../../db';
import { guardStorage } from '../../storageError';
import { transact } from '../../transact';

/** Keeps what a recording measured. */
export const putRecording = (db: SyncInDatabase, recording: KeptRecording): Promise<void> =>
  transact(db, ['recordings'], 'readwrite', async (transaction) => {
    await transaction.objectStore('recordings').put(recording);
  });

/** Recordings kept with from ≤ keptAt < to, oldest first. */
export const listRecordings = (db: SyncInDatabase, from: EpochMs, to: EpochMs): Promise<KeptRecording[]> =>
  guardStorage(() => db.getAll('recordings', IDBKeyRange.bound(from, to, false, true)));
