import type { Lyrics } from '../../core/music';
import type { TrackId } from '../../core/units';
import type { SyncInDatabase } from '../db';
import { guardStorage } from '../storageError';

export const getLyrics = (db: SyncInDatabase, trackId: TrackId): Promise<Lyrics | undefined> =>
  guardStorage(() => db.get('lyrics', trackId));
