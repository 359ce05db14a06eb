import type { Track, TrackAnalysis } from '../../core/music';
import type { TrackId } from '../../core/units';
import type { StoredAnalysis, SyncInDatabase } from '../db';
import { place, vacate } from './embeddings/embeddingBlock';
import { guardStorage } from '../storageError';
import { transact } from '../transact';

export const getAnalysis = (db: SyncInDatabase, trackId: TrackId): Promise<StoredAnalysis | undefined> =>
  guardStorage(() => db.get('analyses', trackId));

/** Songs whose analysis is of this version: all others wait. */
export const listAnalysed = (db: SyncInDatabase, analyserVersion: number): Promise<TrackId[]> =>
  guardStorage(() => db.getAllKeysFromIndex('analyses', 'analyserVersion', analyserVersion));

/** Songs whose analysis is of an older version: it counts until they were done again. */
export const listOutdated = (db: SyncInDatabase, analyserVersion: number): Promise<TrackId[]> =>
  guardStorage(() => db.getAllKeysFromIndex('analyses', 'analyserVersion', IDBKeyRange.upperBound(analyserVersion, true)));

/**
 * Keeps an analysis with its embedding and its detail, and the duration that decoding found.
 * @returns the track as it is now, or null when it was removed meanwhile (nothing is kept then)
 */
export async function commitAnalysis(db: SyncInDatabase, { embedding, detail, ...analysis }: TrackAnalysis): Promise<Track | null> {
  return transact(
    db,
    ['tracks', 'analyses', 'embeddings', 'details', 'changes', 'attempts', 'failures'],
    'readwrite',
    async (transaction) => {
      const { trackId, analyserVersion } = analysis;
      const tracks = transaction.objectStore('tracks');
      const track = await tracks.get(trackId);
      if (!track) return null;
      const old = await transaction.objectStore('analyses').get(trackId);
      const blocks = transaction.objectStore('embeddings');
      await vacate(blocks, trackId, old);
      const slot = await place(blocks, trackId, embedding);
      await transaction.objectStore('analyses').put({ ...analysis, slot });
      await transaction.objectStore('changes').put({ trackId });
      await transaction.objectStore('details').put({ ...detail, trackId, analyserVersion });
      await transaction.objectStore('attempts').delete(trackId);
      await transaction.objectStore('failures').delete(trackId);
      const measured = { ...track, duration: analysis.duration };
      await tracks.put(measured);
      return measured;
    },
  );
}

/**
 * Counts one more beginning of an analysis.
 * @returns how often it began, this time included
 */
export const beginAnalysis = (db: SyncInDatabase, trackId: TrackId): Promise<number> =>
  transact(db, ['attempts'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('attempts');
    const attempts = ((await store.get(trackId))?.attempts ?? 0) + 1;
    await store.put({ trackId, attempts });
    return attempts;
  });

/** Forgets how often an analysis began: it ended for a reason that lies not in the song, or the user asks again. */
export const forgetAttempts = (db: SyncInDatabase, trackId: TrackId): Promise<void> => guardStorage(() => db.delete('attempts', trackId));
