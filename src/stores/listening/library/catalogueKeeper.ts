import type { Milliseconds } from '../../../core/units';
import { foldChanges } from '../../../storage/catalogue/foldChanges';
import type { SyncInDatabase } from '../../../storage/db';
import { Timer } from '../../timer';

/** While songs stream in, folding them in one by one would write the same block again and again. */
const BUSY_MS: Milliseconds = 60_000;
const QUIET_MS: Milliseconds = 3_000;
/** Between two rounds others may write. */
const BREATH_MS: Milliseconds = 300;

/** Keeps the catalogue near the rows, so that the next start reads few of them one by one. */
export class CatalogueKeeper {
  readonly #timer = new Timer();
  #isStopped = false;

  constructor(private readonly db: SyncInDatabase | null) {}

  /** Songs come or change, and more will. */
  changing(): void {
    if (!this.#timer.isSet) this.#foldIn(BUSY_MS);
  }

  /** Nothing more comes for now. */
  settled(): void {
    this.#foldIn(QUIET_MS);
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer.clear();
  }

  #foldIn(wait: Milliseconds): void {
    const { db } = this;
    if (!db || this.#isStopped) return;
    this.#timer.set(wait, () => {
      foldChanges(db).then(
        (folded) => {
          if (folded > 0 && !this.#timer.isSet) this.#foldIn(BREATH_MS);
        },
        // Nothing is lost: what was not folded stays in the list of changes for the next time.
        () => undefined,
      );
    });
  }
}
