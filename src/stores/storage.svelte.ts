import { AppError, codeOf } from '../core/errors';
import type { EpochMs } from '../core/units';
import type { SyncInDatabase } from '../storage/db';
import { eraseEverything } from '../storage/eraseEverything';
import { exportAll } from '../storage/exportAll';
import { askToPersist, measureStorage } from '../storage/quota';
import type { NoticesContract, StorageContract } from './contracts';

interface Needs {
  readonly db: SyncInDatabase | null;
  readonly notices: NoticesContract;
  readonly now: () => EpochMs;
  /** Ends everything that reads or writes: open files and databases cannot be deleted. */
  readonly stopEverything: () => void | Promise<void>;
  readonly reload: () => void;
}

/** How much the app keeps on this device, and the way to take it all or delete it all. */
export class StorageStore implements StorageContract {
  #usedBytes = $state<number | null>(null);
  #quotaBytes = $state<number | null>(null);
  #isPersisted = $state<boolean | null>(null);

  constructor(private readonly needs: Needs) {}

  get usedBytes(): number | null {
    return this.#usedBytes;
  }

  get quotaBytes(): number | null {
    return this.#quotaBytes;
  }

  get isPersisted(): boolean | null {
    return this.#isPersisted;
  }

  async measure(): Promise<void> {
    try {
      const use = await measureStorage();
      this.#usedBytes = use.usedBytes;
      this.#quotaBytes = use.quotaBytes;
      this.#isPersisted = use.isPersisted;
    } catch (error) {
      this.needs.notices.problem(codeOf(error));
    }
  }

  async askToPersist(): Promise<void> {
    try {
      const isGranted = await askToPersist();
      if (!isGranted) this.needs.notices.inform('persistRefused');
    } catch (error) {
      this.needs.notices.problem(codeOf(error));
    }
    await this.measure();
  }

  /** Asks without a word about the answer: there is something worth keeping now. */
  async protect(): Promise<void> {
    await this.measure();
    if (this.#isPersisted !== false) return;
    try {
      this.#isPersisted = await askToPersist();
    } catch (error) {
      this.needs.notices.problem(codeOf(error));
    }
  }

  async exportAll(): Promise<Blob> {
    if (!this.needs.db) throw new AppError('storage/unavailable', 'there is no database to export');
    return exportAll(this.needs.db, this.needs.now());
  }

  async eraseEverything(): Promise<void> {
    await this.needs.stopEverything();
    try {
      await eraseEverything(this.needs.db);
    } catch (error) {
      // What is left shows after the reload; a half-erased app must not go on.
      this.needs.notices.problem(codeOf(error));
    }
    this.needs.reload();
  }
}
