import type { TrackId } from '../../core/units';

/**
 * The songs that were chosen together, in the table or on the mood map; what is done with them happens to all.
 * Replaced whole with each change, so that a reader may keep what it got.
 */
export class SongSelection {
  #ids = $state.raw<ReadonlySet<TrackId>>(new Set());
  /** Where a range begins: the song chosen last by itself. */
  #anchor: TrackId | null = null;

  get ids(): ReadonlySet<TrackId> {
    return this.#ids;
  }

  get size(): number {
    return this.#ids.size;
  }

  has(trackId: TrackId): boolean {
    return this.#ids.has(trackId);
  }

  toggle(trackId: TrackId): void {
    const ids = new Set(this.#ids);
    if (!ids.delete(trackId)) ids.add(trackId);
    this.#ids = ids;
    this.#anchor = trackId;
  }

  /** Chooses exactly these. */
  replace(trackIds: Iterable<TrackId>): void {
    this.#ids = new Set(trackIds);
    this.#anchor = null;
  }

  add(trackIds: Iterable<TrackId>): void {
    this.#ids = new Set([...this.#ids, ...trackIds]);
  }

  /**
   * Adds all songs between the one chosen last and this one, both included; only this one when none was.
   * @param order the songs as they are shown
   */
  extendTo(trackId: TrackId, order: readonly TrackId[]): void {
    const from = this.#anchor === null ? -1 : order.indexOf(this.#anchor);
    const to = order.indexOf(trackId);
    if (from < 0 || to < 0) {
      this.add([trackId]);
      this.#anchor = trackId;
    } else this.add(order.slice(Math.min(from, to), Math.max(from, to) + 1));
  }

  clear(): void {
    this.#ids = new Set();
    this.#anchor = null;
  }

  /** Lets go of songs that left the library. */
  drop(trackIds: Iterable<TrackId>): void {
    const ids = new Set(this.#ids);
    for (const id of trackIds) ids.delete(id);
    this.#ids = ids;
  }
}
