import { AppError, codeOf } from '../../core/errors';
import type { TrackId } from '../../core/units';
import type { SyncInDatabase } from '../db';
import { transact } from '../transact';
import { BLOCK_SONGS, idsOfBlock, isSound, packBlock, unpackBlock, type CatalogueBlock, type CatalogueSong } from './catalogueBlock';
import { CATALOGUE_STORES, readSongs, type CatalogueTransaction } from './songRows';

/** Changes per transaction: others that write wait for it. */
const MOST = 1024;

/**
 * Brings changed songs into the blocks of the catalogue, in one transaction: it and the list of changes always agree.
 * Call until it gives 0; a page that closes in between loses nothing.
 * @returns how many changes were folded
 */
export async function foldChanges(db: SyncInDatabase, most = MOST): Promise<number> {
  try {
    return await transact(db, CATALOGUE_STORES, 'readwrite', (transaction) => fold(transaction, most));
  } catch (error) {
    if (codeOf(error) !== 'storage/corrupt') throw error;
    await remakeCatalogue(db);
    return 0;
  }
}

async function fold(transaction: CatalogueTransaction<'readwrite'>, most: number): Promise<number> {
  const changes = transaction.objectStore('changes');
  const ids = await changes.getAllKeys(null, most);
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const songs = new Map<TrackId, CatalogueSong>();
  for await (const some of readSongs(transaction, ids)) for (const song of some) songs.set(song.track.id, song);
  const newest = await replaceKnown(transaction, new Set(ids), songs);
  await append(transaction, newest, [...songs.values()]);
  // The first keys of the store, so the range holds no other.
  await changes.delete(IDBKeyRange.bound(first, last));
  return ids.length;
}

/**
 * Puts each changed song in the place of its old self and takes it out of `songs`; songs that are gone leave their block.
 * @returns the newest block
 */
async function replaceKnown(
  transaction: CatalogueTransaction<'readwrite'>,
  changed: ReadonlySet<TrackId>,
  songs: Map<TrackId, CatalogueSong>,
): Promise<CatalogueBlock | null> {
  const blocks = transaction.objectStore('catalogue');
  let newest: CatalogueBlock | null = null;
  for (const key of await blocks.getAllKeys()) {
    const block = await blocks.get(key);
    if (!block || !isSound(block)) throw new AppError('storage/corrupt', `block ${key} of the catalogue cannot be read`);
    newest = block;
    if (!idsOfBlock(block).some((id) => changed.has(id))) continue;
    const kept = unpackBlock(block).flatMap((song) => {
      const { id } = song.track;
      const now = changed.has(id) ? songs.get(id) : song;
      songs.delete(id);
      return now ?? [];
    });
    newest = packBlock(key, kept);
    await (kept.length > 0 ? blocks.put(newest) : blocks.delete(key));
  }
  return newest;
}

/** Fills up the newest block, then opens others. */
async function append(
  transaction: CatalogueTransaction<'readwrite'>,
  newest: CatalogueBlock | null,
  songs: readonly CatalogueSong[],
): Promise<void> {
  const blocks = transaction.objectStore('catalogue');
  let id = newest?.id ?? 0;
  let before = newest ? unpackBlock(newest) : [];
  for (let at = 0; at < songs.length; id++) {
    const room = Math.max(0, BLOCK_SONGS - before.length);
    if (room > 0) await blocks.put(packBlock(id, [...before, ...songs.slice(at, at + room)]));
    at += room;
    before = [];
  }
}

/**
 * Makes the catalogue anew from the rows, in one transaction. A row to write for each song would take ten times as long as its block.
 * @param take called with some songs at a time, as they are read; wrong when the promise rejects
 */
export function remakeCatalogue(db: SyncInDatabase, take: (songs: readonly CatalogueSong[]) => void = () => undefined): Promise<void> {
  return transact(db, CATALOGUE_STORES, 'readwrite', async (transaction) => {
    const blocks = transaction.objectStore('catalogue');
    await blocks.clear();
    await transaction.objectStore('changes').clear();
    let id = 0;
    let waiting: CatalogueSong[] = [];
    for await (const songs of readSongs(transaction, await transaction.objectStore('tracks').getAllKeys())) {
      waiting.push(...songs);
      take(songs);
      if (waiting.length < BLOCK_SONGS) continue;
      await blocks.put(packBlock(id++, waiting.slice(0, BLOCK_SONGS)));
      waiting = waiting.slice(BLOCK_SONGS);
    }
    if (waiting.length > 0) await blocks.put(packBlock(id, waiting));
  });
}
