import type { StoredCover, SyncInDatabase } from '../db';
import { guardStorage } from '../storageError';

export const getCover = (db: SyncInDatabase, id: string): Promise<StoredCover | undefined> => guardStorage(() => db.get('covers', id));
