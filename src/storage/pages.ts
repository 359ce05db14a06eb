import type { IDBPDatabase, StoreValue } from 'idb';
import type { SyncInDatabase, SyncInSchema } from './db';
import { guardStorage } from './storageError';

/** Stores whose rows name their own key. */
type Paged = 'tracks' | 'analyses' | 'imports';

const KEY_PATHS: Readonly<Record<Paged, string>> = { tracks: 'id', analyses: 'trackId', imports: 'id' };
const PAGE_ROWS = 300;

/** All rows in key order, a page at a time, so that unpacking a large library never blocks the page's thread for long. */
export async function* readPages<S extends Paged>(
  db: SyncInDatabase,
  store: S,
  pageRows = PAGE_ROWS,
): AsyncGenerator<readonly StoreValue<SyncInSchema, S>[]> {
  let last: IDBValidKey | null = null;
  for (;;) {
    const range: IDBKeyRange | null = last === null ? null : IDBKeyRange.lowerBound(last, true);
    const page = (await guardStorage(() => (db as unknown as IDBPDatabase).getAll(store, range, pageRows))) as StoreValue<
      SyncInSchema,
      S
    >[];
    if (page.length === 0) return;
    yield page;
    last = (page.at(-1) as unknown as Record<string, IDBValidKey>)[KEY_PATHS[store]] ?? null;
  }
}
