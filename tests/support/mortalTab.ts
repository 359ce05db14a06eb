import type { SyncInDatabase } from '../../src/storage/db';

/**
 * What a tab sees of things that outlive it. When it is killed, transactions that have not ended are undone, and nothing it still
 * tries has any effect or answer: as when a browser ends a process.
 */
export class MortalTab {
  #steps = 0;
  #isDead = false;
  readonly #open = new Set<{ abort(): void }>();
  readonly #died: Promise<void>;
  #die: () => void = () => undefined;

  /** @param lifespan how many calls to the outside it lives; the next one kills it */
  constructor(private readonly lifespan: number) {
    this.#died = new Promise((resolve) => (this.#die = resolve));
  }

  get died(): Promise<void> {
    return this.#died;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Calls to the outside so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Counts a call to the outside. @returns whether the tab still lives */
  step(): boolean {
    if (!this.#isDead && ++this.#steps > this.lifespan) this.#kill();
    return !this.#isDead;
  }

  #kill(): void {
    this.#isDead = true;
    for (const transaction of this.#open) {
      try {
        transaction.abort();
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'InvalidStateError') throw error; // it had just ended
      }
    }
    this.#die();
  }

  /** The database as this tab sees it. */
  database(db: SyncInDatabase): SyncInDatabase {
    return this.wrap(db, (method, result) => {
      if (method === 'transaction') this.#watch(result as { abort(): void; readonly done: Promise<void> });
    });
  }

  #watch(transaction: { abort(): void; readonly done: Promise<void> }): void {
    this.#open.add(transaction);
    const end = () => void this.#open.delete(transaction);
    transaction.done.then(end, end);
  }

  /** Any object whose methods stop answering when the tab dies. */
  wrap<T extends object>(target: T, onCall: (method: string, result: unknown) => void = () => undefined): T {
    return new Proxy(target, {
      get: (of, key) => {
        const value: unknown = Reflect.get(of, key);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown => {
          if (!this.step()) return new Promise(() => undefined);
          const result: unknown = Reflect.apply(value, of, given);
          onCall(String(key), result);
          return result;
        };
      },
    });
  }
}
