import { codeOf } from '../../core/errors';
import type { Playlist, RankedTrack } from '../../core/music';
import type { TrackId } from '../../core/units';
import {
  append,
  back,
  createQueue,
  currentOf,
  EMPTY_QUEUE,
  forward,
  insertNext,
  insertWanted,
  removeTracks,
  replaceUpcoming,
  upcomingOf,
  type Queue,
  type QueueItem,
} from '../../player/queue';
import type { SyncInDatabase } from '../../storage/db';
import { putPlaylist } from '../../storage/rows/playlists';
import type { NoticesContract } from '../contracts';

export interface QueueNeeds {
  readonly db: SyncInDatabase | null;
  readonly notices: NoticesContract;
  /** Songs to go on with when a recommended list runs low. */
  readonly more: (queued: readonly TrackId[]) => Playlist | null;
  /** Told what plays and what comes soon, whenever that changes. */
  readonly onUpcoming?: (trackIds: readonly TrackId[]) => void;
}

/** Fewer songs to come than this, and the strategy adds more. */
const LOW = 3;
/** So many songs ahead are worth hurrying for. */
const SOON = 20;

/** The songs in playing order. Lists of the recommender go on by themselves; what the user queued ends where they ended it. */
export class PlayQueue {
  #queue = $state.raw<Queue>(EMPTY_QUEUE);
  readonly current = $derived(currentOf(this.#queue));
  readonly trackId = $derived(this.current?.ranked.trackId ?? null);
  /** Why the current song was chosen; null when the user picked it. */
  readonly ranked = $derived(this.current?.chosenBy === 'strategy' ? this.current.ranked : null);
  readonly upcoming: readonly RankedTrack[] = $derived(upcomingOf(this.#queue).map(({ ranked }) => ranked));
  readonly nextId = $derived(this.upcoming[0]?.trackId ?? null);

  constructor(private readonly needs: QueueNeeds) {}

  get isAtStart(): boolean {
    return this.#queue.index === 0;
  }

  startPlaylist(playlist: Playlist, index: number): void {
    this.#remember(playlist);
    this.#set(createQueue(itemsOf(playlist), index));
    this.#topUp();
  }

  startTracks(trackIds: readonly TrackId[], index: number): void {
    this.#set(createQueue(picked(trackIds), index));
  }

  /** Right after the current song, or after what the user already asked for. A song that was to come anyway moves there. */
  add(trackIds: readonly TrackId[], place: 'next' | 'last'): void {
    const moved = new Set(trackIds);
    const others = upcomingOf(this.#queue).filter(({ ranked }) => !moved.has(ranked.trackId));
    const insert = place === 'next' ? insertNext : insertWanted;
    this.#set(insert(replaceUpcoming(this.#queue, others), picked([...moved])));
  }

  forward(): void {
    this.#set(forward(this.#queue));
    this.#topUp();
  }

  back(): void {
    this.#set(back(this.#queue));
  }

  clear(): void {
    this.#set(EMPTY_QUEUE);
  }

  /** What is to come follows the new list, except what the user queued. @returns whether anything changed */
  follow(playlist: Playlist): boolean {
    const { current } = this;
    const upcoming = upcomingOf(this.#queue);
    if (!current || ![current, ...upcoming].some(({ chosenBy }) => chosenBy === 'strategy')) return false;
    this.#remember(playlist);
    const own = upcoming.filter(({ chosenBy }) => chosenBy === 'user');
    const kept = new Set([current, ...own].map(({ ranked }) => ranked.trackId));
    this.#set(replaceUpcoming(this.#queue, [...own, ...itemsOf(playlist).filter(({ ranked }) => !kept.has(ranked.trackId))]));
    return true;
  }

  remove(trackIds: ReadonlySet<TrackId>): void {
    this.#set(removeTracks(this.#queue, trackIds));
  }

  #topUp(): void {
    const { items } = this.#queue;
    if (items.at(-1)?.chosenBy !== 'strategy' || upcomingOf(this.#queue).length >= LOW) return;
    const playlist = this.needs.more(items.slice(-2 * LOW).map(({ ranked }) => ranked.trackId));
    if (!playlist) return;
    this.#remember(playlist);
    this.#set(append(this.#queue, itemsOf(playlist)));
  }

  #set(queue: Queue): void {
    this.#queue = queue;
    const soon = [currentOf(queue), ...upcomingOf(queue).slice(0, SOON)];
    this.needs.onUpcoming?.(soon.flatMap((item) => item?.ranked.trackId ?? []));
  }

  /** Lists that were played stay findable from the log. */
  #remember(playlist: Playlist): void {
    const { db, notices } = this.needs;
    if (db) putPlaylist(db, playlist).catch((error: unknown) => notices.problem(codeOf(error)));
  }
}

function picked(trackIds: readonly TrackId[]): readonly QueueItem[] {
  return trackIds.map((trackId) => ({ ranked: { trackId, score: 0, reasons: [] }, playlistId: null, chosenBy: 'user' }));
}

function itemsOf({ id, items }: Playlist): readonly QueueItem[] {
  return items.map((ranked) => ({ ranked, playlistId: id, chosenBy: 'strategy' }));
}
