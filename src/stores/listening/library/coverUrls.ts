import type { SyncInDatabase } from '../../../storage/db';
import { getCover } from '../../../storage/rows/covers';

/** Pictures held at a time; the screen shows far fewer. */
const MOST = 400;

/** Object URLs of covers, made once and let go when many others were asked for since. */
export class CoverUrls {
  readonly #urls = new Map<string, Promise<string | null>>();

  constructor(private readonly db: SyncInDatabase | null) {}

  of(coverId: string): Promise<string | null> {
    const url = this.#urls.get(coverId) ?? this.#make(coverId);
    // The last one asked for is the last one to go.
    this.#urls.delete(coverId);
    this.#urls.set(coverId, url);
    for (const [oldest] of this.#urls) {
      if (this.#urls.size <= MOST) break;
      this.#drop(oldest);
    }
    return url;
  }

  release(): void {
    for (const id of [...this.#urls.keys()]) this.#drop(id);
  }

  /** A cover that cannot be read is a song without a cover. */
  async #make(coverId: string): Promise<string | null> {
    if (!this.db) return null;
    const cover = await getCover(this.db, coverId).catch(() => undefined);
    return cover ? URL.createObjectURL(cover.image) : null;
  }

  #drop(coverId: string): void {
    const url = this.#urls.get(coverId);
    this.#urls.delete(coverId);
    void url?.then((made) => {
      if (made !== null) URL.revokeObjectURL(made);
    });
  }
}
