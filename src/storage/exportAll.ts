import type { IDBPDatabase } from 'idb';
import type { EpochMs } from '../core/units';
import { DATABASE_VERSION, type SyncInDatabase } from './db';
import { guardStorage } from './storageError';

const EXPORTED = [
  'tracks',
  'analyses',
  'embeddings',
  'details',
  'lyrics',
  'failures',
  'feedback',
  'estimates',
  'recordings',
  'entries',
  'playlists',
  'settings',
] as const;
const PAGE_ROWS = 200;

/** Typed arrays become plain arrays of numbers, rounded to the six digits that a 32-bit float has. */
function toPlain(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Array.from(value);
  if (value instanceof Float32Array) return Array.from(value, (x) => Number(x.toPrecision(6)));
  return value;
}

/** Everything the app keeps as JSON, except sound, covers (both lie in the music files) and file handles (which no file can hold). */
export async function exportAll(db: SyncInDatabase, now: EpochMs): Promise<Blob> {
  const parts: string[] = [
    JSON.stringify({ app: 'SyncIn', schema: DATABASE_VERSION, exportedAt: now, leftOut: ['audio', 'covers', 'handles'] }).slice(0, -1),
  ];
  await guardStorage(async () => {
    for (const store of EXPORTED) {
      parts.push(`,"${store}":[`);
      let separator = '';
      for await (const row of readRows(db, store)) {
        parts.push(separator + JSON.stringify(row, toPlain));
        separator = ',\n';
      }
      parts.push(']');
    }
  });
  parts.push('}\n');
  return new Blob(parts, { type: 'application/json' });
}

/** Rows in key order, fetched a page at a time; cursors would need a turn of the event loop for each row. */
async function* readRows(db: SyncInDatabase, store: (typeof EXPORTED)[number]): AsyncGenerator<unknown> {
  const untyped = db as unknown as IDBPDatabase;
  let last: IDBValidKey | null = null;
  for (;;) {
    const range: IDBKeyRange | null = last === null ? null : IDBKeyRange.lowerBound(last, true);
    const transaction = untyped.transaction(store);
    const [keys, rows]: [IDBValidKey[], unknown[]] = await Promise.all([
      transaction.store.getAllKeys(range, PAGE_ROWS),
      transaction.store.getAll(range, PAGE_ROWS),
    ]);
    if (keys.length === 0) return;
    yield* rows;
    last = keys.at(-1) ?? null;
  }
}
