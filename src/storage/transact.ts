import type { IDBPTransaction, StoreNames } from 'idb';
import type { SyncInDatabase, SyncInSchema } from './db';
import { toStorageError } from './storageError';

export type Store = StoreNames<SyncInSchema>;

/**
 * Runs `body` in one transaction: all of it is kept or none. A full disk aborts a transaction without failing the request that
 * caused it, so the transaction's own error goes first.
 * @param body must await nothing but the transaction's requests
 */
export async function transact<const S extends readonly Store[], M extends 'readonly' | 'readwrite', T>(
  db: SyncInDatabase,
  stores: S,
  mode: M,
  body: (transaction: IDBPTransaction<SyncInSchema, S, M>) => Promise<T>,
): Promise<T> {
  let transaction: IDBPTransaction<SyncInSchema, S, M> | null = null;
  try {
    const opened = db.transaction(stores, mode);
    transaction = opened;
    const ended = opened.done.then(
      () => null,
      (error: unknown) => error ?? new Error('the transaction was aborted'),
    );
    const value = await body(opened);
    const failure = await ended;
    if (failure !== null) throw toStorageError(failure);
    return value;
  } catch (error) {
    const quota = transaction?.error?.name === 'QuotaExceededError';
    abort(transaction);
    throw toStorageError(quota ? transaction?.error : error);
  }
}

/** Undoes what was done so far; a transaction that already ended has nothing left to undo. */
function abort(transaction: { abort(): void } | null): void {
  try {
    transaction?.abort();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'InvalidStateError') throw error;
  }
}
