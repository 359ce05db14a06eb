import { AppError, codeOf } from '../../core/errors';
import type { Track } from '../../core/music';
import type { SyncInDatabase } from '../db';
import { transact } from '../transact';
import { isSound, unpackBlock, type CatalogueSong } from './catalogueBlock';
import { remakeCatalogue } from './foldChanges';
import { CATALOGUE_STORES, readSongs } from './songRows';

export interface CatalogueTaker {
  /** Called with some songs at a time; each call is a task of its own, so that the page stays awake. */
  readonly take: (songs: readonly CatalogueSong[]) => void;
  /** What was taken so far was wrong: all songs come again. */
  readonly startOver: () => void;
}

/**
 * Reads all songs: the blocks of the catalogue, and the rows of the songs that changed since. A catalogue that cannot be
 * read, or that misses a song, is thrown away and made again from the rows.
 */
export async function readCatalogue(db: SyncInDatabase, { take, startOver }: CatalogueTaker): Promise<void> {
  try {
    await readOnce(db, take);
  } catch (error) {
    if (codeOf(error) !== 'storage/corrupt') throw error;
    startOver();
    await remakeCatalogue(db, take).catch(async () => {
      // A full disk, most likely: the songs are there all the same.
      startOver();
      await readRows(db, take);
    });
  }
}

function readRows(db: SyncInDatabase, take: CatalogueTaker['take']): Promise<void> {
  return transact(db, CATALOGUE_STORES, 'readonly', async (transaction) => {
    for await (const songs of readSongs(transaction, await transaction.objectStore('tracks').getAllKeys())) take(songs);
  });
}

/** All tracks, without reading each row. */
export async function readTracks(db: SyncInDatabase): Promise<readonly Track[]> {
  const tracks: Track[] = [];
  await readCatalogue(db, {
    take: (songs) => {
      for (const { track } of songs) tracks.push(track);
    },
    startOver: () => (tracks.length = 0),
  });
  return tracks;
}

/** Asked ahead, so its failure may come when nobody waits for it any more; whoever does wait is told all the same. */
function askFor<Key, Value>(key: Key | undefined, get: (key: Key) => Promise<Value>): Promise<Value | undefined> {
  const value = key === undefined ? Promise.resolve(undefined) : get(key);
  value.catch(() => undefined);
  return value;
}

function readOnce(db: SyncInDatabase, take: CatalogueTaker['take']): Promise<void> {
  return transact(db, CATALOGUE_STORES, 'readonly', async (transaction) => {
    let taken = 0;
    const changed = await transaction.objectStore('changes').getAllKeys();
    const outdated = new Set(changed);
    const blocks = transaction.objectStore('catalogue');
    const keys = await blocks.getAllKeys();
    const ask = (place: number) => askFor(keys[place], (key) => blocks.get(key));
    let next = ask(0);
    for (const [place, key] of keys.entries()) {
      const block = await next;
      // While this one is unpacked, the database looks for the next.
      next = ask(place + 1);
      if (!block || !isSound(block)) throw new AppError('storage/corrupt', `block ${key} of the catalogue cannot be read`);
      const songs = unpackBlock(block).filter(({ track }) => !outdated.has(track.id));
      taken += songs.length;
      take(songs);
    }
    for await (const songs of readSongs(transaction, changed)) {
      taken += songs.length;
      take(songs);
    }
    const rows = await transaction.objectStore('tracks').count();
    if (taken !== rows) throw new AppError('storage/corrupt', `the catalogue has ${taken} songs, the library ${rows}`);
  });
}
