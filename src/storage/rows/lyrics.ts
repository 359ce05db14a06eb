import type { Lyrics, Track } from '../../core/music';
import type { TrackId } from '../../core/units';
import type { SyncInDatabase } from '../db';
import { guardStorage } from '../storageError';
import { transact } from '../transact';

export const getLyrics = (db: SyncInDatabase, trackId: TrackId): Promise<Lyrics | undefined> =>
  guardStorage(() => db.get('lyrics', trackId));

/**
 * Keeps the words of a song, or forgets them, and what the song says of them.
 * @param kind of `lyrics`; what the song then says
 * @returns the song as it is now; null when it is gone, and then nothing is kept
 */
export function putLyrics(db: SyncInDatabase, trackId: TrackId, lyrics: Lyrics | null, kind: Track['lyrics']): Promise<Track | null> {
  return transact(db, ['tracks', 'changes', 'lyrics'], 'readwrite', async (transaction): Promise<Track | null> => {
    const tracks = transaction.objectStore('tracks');
    const track = await tracks.get(trackId);
    if (!track) return null;
    const changed: Track = { ...track, lyrics: kind };
    await tracks.put(changed);
    await transaction.objectStore('changes').put({ trackId });
    if (lyrics) await transaction.objectStore('lyrics').put(lyrics);
    else await transaction.objectStore('lyrics').delete(trackId);
    return changed;
  });
}
