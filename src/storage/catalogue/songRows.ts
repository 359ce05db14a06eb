import type { IDBPObjectStore, IDBPTransaction } from 'idb';
import type { AnalysisRow } from '../../core/music';
import type { TrackId } from '../../core/units';
import type { StoredAnalysis, SyncInSchema } from '../db';
import type { Store } from '../transact';
import type { CatalogueSong } from './catalogueBlock';

export const CATALOGUE_STORES = ['catalogue', 'changes', 'tracks', 'analyses'] as const;
export type CatalogueTransaction<Mode extends 'readonly' | 'readwrite'> = IDBPTransaction<SyncInSchema, typeof CATALOGUE_STORES, Mode>;

/** A transaction over the catalogue's stores and others, seen as one over the catalogue's only. */
export const catalogueOf = <S extends readonly Store[]>(
  transaction: IDBPTransaction<SyncInSchema, S, 'readwrite'>,
): CatalogueTransaction<'readwrite'> => transaction as unknown as CatalogueTransaction<'readwrite'>;

/** Ids per request: unpacking more rows at once would hold the page's thread too long. */
const PAGE = 256;
/** A range with at most this many times the wanted rows is read whole: one request is cheaper than one per row. */
const DENSE = 3;

type RowStore<Name extends 'tracks' | 'analyses'> = Pick<
  IDBPObjectStore<SyncInSchema, typeof CATALOGUE_STORES, Name, 'readonly' | 'readwrite'>,
  'get' | 'getAll' | 'count'
>;

async function readSome<Name extends 'tracks' | 'analyses'>(store: RowStore<Name>, ids: readonly TrackId[]) {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return [];
  const range = IDBKeyRange.bound(first, last);
  if ((await store.count(range)) <= DENSE * ids.length) return store.getAll(range);
  return (await Promise.all(ids.map((id) => store.get(id)))).filter((row) => row !== undefined);
}

const toRow = ({ slot: _, ...analysis }: StoredAnalysis): AnalysisRow => analysis;

/**
 * The songs with these ids as their rows say, some at a time; those that are gone are left out.
 * @param ids ascending
 */
export async function* readSongs(
  transaction: CatalogueTransaction<'readonly'> | CatalogueTransaction<'readwrite'>,
  ids: readonly TrackId[],
): AsyncGenerator<readonly CatalogueSong[]> {
  const tracks: RowStore<'tracks'> = transaction.objectStore('tracks');
  const analyses: RowStore<'analyses'> = transaction.objectStore('analyses');
  const wanted = new Set(ids);
  for (let at = 0; at < ids.length; at += PAGE) {
    const some = ids.slice(at, at + PAGE);
    const analysed = new Map((await readSome(analyses, some)).map((analysis) => [analysis.trackId, analysis]));
    const found = (await readSome(tracks, some)).filter(({ id }) => wanted.has(id));
    yield found.map((track) => {
      const analysis = analysed.get(track.id);
      return { track, analysis: analysis ? toRow(analysis) : null };
    });
  }
}
