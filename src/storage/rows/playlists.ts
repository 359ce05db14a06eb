import type { Playlist } from '../../core/music';
import type { PlaylistId } from '../../core/units';
import type { SyncInDatabase } from '../db';
import { guardStorage } from '../storageError';
import { transact } from '../transact';

export const putPlaylist = (db: SyncInDatabase, playlist: Playlist): Promise<void> =>
  transact(db, ['playlists'], 'readwrite', async (transaction) => {
    await transaction.objectStore('playlists').put(playlist);
  });

/** Newest first. */
export const listPlaylists = (db: SyncInDatabase): Promise<Playlist[]> =>
  guardStorage(async () => (await db.getAllFromIndex('playlists', 'createdAt')).reverse());

export const removePlaylist = (db: SyncInDatabase, id: PlaylistId): Promise<void> => guardStorage(() => db.delete('playlists', id));
