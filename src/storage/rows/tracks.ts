import type { ImportFailure, Lyrics, Track } from '../../core/music';
import type { TrackId } from '../../core/units';
import type { StoredCover, SyncInDatabase } from '../db';
import { collectTexts } from '../catalogue/collectTexts';
import { CATALOGUE_STORES, catalogueOf } from '../catalogue/songRows';
import { vacate } from './embeddings/embeddingBlock';
import { guardStorage } from '../storageError';
import { transact } from '../transact';

export const getTrack = (db: SyncInDatabase, id: TrackId): Promise<Track | undefined> => guardStorage(() => db.get('tracks', id));

export const findTrackByHash = (db: SyncInDatabase, contentHash: string): Promise<Track | undefined> =>
  guardStorage(() => db.getFromIndex('tracks', 'contentHash', contentHash));

export const listTrackIds = (db: SyncInDatabase): Promise<TrackId[]> => guardStorage(() => db.getAllKeys('tracks'));

export const putTrack = (db: SyncInDatabase, track: Track): Promise<void> =>
  transact(db, ['tracks', 'changes'], 'readwrite', async (transaction) => {
    await transaction.objectStore('tracks').put(track);
    await transaction.objectStore('changes').put({ trackId: track.id });
  });

export type CommitResult =
  | { readonly kind: 'kept' }
  /** A song has the same bytes; nothing was changed. */
  | { readonly kind: 'same'; readonly track: Track }
  /** Taken out of the queue meanwhile; nothing was changed. */
  | { readonly kind: 'gone' };

/** Ends the reading of a queued file: the song is there with its lyrics and the file is out of the queue, or none of it. */
export async function commitTrack(
  db: SyncInDatabase,
  track: Track,
  cover: StoredCover | null,
  lyrics: Lyrics | null = null,
): Promise<CommitResult> {
  return transact(db, ['tracks', 'changes', 'imports', 'covers', 'lyrics'], 'readwrite', async (transaction): Promise<CommitResult> => {
    const tracks = transaction.objectStore('tracks');
    const imports = transaction.objectStore('imports');
    if ((await imports.getKey(track.id)) === undefined) return { kind: 'gone' };
    const same = await tracks.index('contentHash').get(track.contentHash);
    if (same && same.id !== track.id) return { kind: 'same', track: same };
    await tracks.put(track);
    await transaction.objectStore('changes').put({ trackId: track.id });
    if (cover) await transaction.objectStore('covers').put(cover);
    if (lyrics) await transaction.objectStore('lyrics').put(lyrics);
    await imports.delete(track.id);
    return { kind: 'kept' };
  });
}

/** Ends the reading of a queued file that did not become a song; `failure` is null when there is nothing to tell. */
export const commitFailure = (db: SyncInDatabase, queuedId: TrackId, failure: ImportFailure | null): Promise<void> =>
  transact(db, ['imports', 'failures'], 'readwrite', async (transaction) => {
    if (failure) await transaction.objectStore('failures').put(failure);
    await transaction.objectStore('imports').delete(queuedId);
  });

/** Ends the reading of a queued file whose bytes an existing song has: the song is found at its new place. */
export const commitRelocation = (db: SyncInDatabase, queuedId: TrackId, moved: Track): Promise<void> =>
  transact(db, ['tracks', 'changes', 'imports', 'failures'], 'readwrite', async (transaction) => {
    await transaction.objectStore('tracks').put(moved);
    await transaction.objectStore('changes').put({ trackId: moved.id });
    await transaction.objectStore('failures').delete(moved.id);
    await transaction.objectStore('imports').delete(queuedId);
  });

/** All that is kept of a song under its own id. */
const OF_A_SONG = ['tracks', 'imports', 'analyses', 'details', 'lyrics', 'attempts', 'failures'] as const;

/**
 * Forgets songs, read or still queued, with all that is known of them and the covers that no other song shows.
 * @returns the removed tracks, so that their copies can be deleted
 */
export async function removeTracks(db: SyncInDatabase, ids: readonly TrackId[]): Promise<readonly Track[]> {
  const removed: Track[] = [];
  for (const id of ids) {
    const track = await removeTrack(db, id);
    if (track) removed.push(track);
  }
  if (removed.some(({ coverId }) => coverId !== null)) await pruneCovers(db);
  return removed;
}

function removeTrack(db: SyncInDatabase, id: TrackId): Promise<Track | undefined> {
  return transact(db, [...OF_A_SONG, 'embeddings', 'changes'], 'readwrite', async (transaction) => {
    const track = await transaction.objectStore('tracks').get(id);
    await vacate(transaction.objectStore('embeddings'), id, await transaction.objectStore('analyses').get(id));
    for (const store of OF_A_SONG) await transaction.objectStore(store).delete(id);
    if (track) await transaction.objectStore('changes').put({ trackId: id });
    return track;
  });
}

/** Deletes covers that no song shows. */
export async function pruneCovers(db: SyncInDatabase): Promise<void> {
  await transact(db, [...CATALOGUE_STORES, 'covers'], 'readwrite', async (transaction) => {
    const shown = await collectTexts(catalogueOf(transaction), 'coverId');
    const covers = transaction.objectStore('covers');
    for (const id of await covers.getAllKeys()) if (!shown.has(id)) await covers.delete(id);
  });
}
