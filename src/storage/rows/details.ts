import type { TrackDetail } from '../../core/music';
import type { TrackId } from '../../core/units';
import type { SyncInDatabase } from '../db';
import { guardStorage } from '../storageError';

export const getDetail = (db: SyncInDatabase, trackId: TrackId): Promise<TrackDetail | undefined> =>
  guardStorage(() => db.get('details', trackId));
