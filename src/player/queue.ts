import type { RankedTrack } from '../core/music';
import type { PlaylistId, TrackId } from '../core/units';

export interface QueueItem {
  readonly ranked: RankedTrack;
  /** null when the user picked the song: then it has no reasons. */
  readonly playlistId: PlaylistId | null;
  readonly chosenBy: 'user' | 'strategy';
}

/** Songs in playing order: those before `index` are the history, the one at `index` plays, the others are to come. */
export interface Queue {
  readonly items: readonly QueueItem[];
  /** `items.length` once the last song has ended. */
  readonly index: number;
}

export const EMPTY_QUEUE: Queue = { items: [], index: 0 };

/** More history than anybody goes back keeps nothing useful. */
const LONGEST_HISTORY = 200;

const within = (index: number, length: number) => (Number.isFinite(index) ? Math.min(length, Math.max(0, Math.floor(index))) : 0);

export function createQueue(items: readonly QueueItem[], index = 0): Queue {
  return { items, index: within(index, Math.max(0, items.length - 1)) };
}

export function currentOf({ items, index }: Queue): QueueItem | null {
  return items[index] ?? null;
}

export function upcomingOf({ items, index }: Queue): readonly QueueItem[] {
  return items.slice(index + 1);
}

export function historyOf({ items, index }: Queue): readonly QueueItem[] {
  return items.slice(0, index);
}

/** To the song after the current one, or past the end. The history stays short. */
export function forward({ items, index }: Queue): Queue {
  const next = Math.min(items.length, index + 1);
  const surplus = Math.max(0, next - LONGEST_HISTORY);
  return { items: items.slice(surplus), index: next - surplus };
}

/** To the song before the current one; the first stays the first. */
export function back({ items, index }: Queue): Queue {
  return { items, index: Math.max(0, index - 1) };
}

/** Puts songs right after the current one. */
export function insertNext({ items, index }: Queue, added: readonly QueueItem[]): Queue {
  const place = Math.min(items.length, index + 1);
  return { items: [...items.slice(0, place), ...added, ...items.slice(place)], index };
}

/** Puts songs at the end. */
export function append({ items, index }: Queue, added: readonly QueueItem[]): Queue {
  return { items: [...items, ...added], index };
}

/** Puts songs after those that the user has already asked for, before what a strategy goes on with. */
export function insertWanted(queue: Queue, added: readonly QueueItem[]): Queue {
  const upcoming = upcomingOf(queue);
  const others = upcoming.findIndex(({ chosenBy }) => chosenBy !== 'user');
  const place = others < 0 ? upcoming.length : others;
  return replaceUpcoming(queue, [...upcoming.slice(0, place), ...added, ...upcoming.slice(place)]);
}

/** Keeps history and current song; what was to come makes way. */
export function replaceUpcoming({ items, index }: Queue, upcoming: readonly QueueItem[]): Queue {
  return { items: [...items.slice(0, index + 1), ...upcoming], index };
}

/** Takes songs out wherever they stand. When the current one goes, the one after it takes its place. */
export function removeTracks({ items, index }: Queue, trackIds: ReadonlySet<TrackId>): Queue {
  const stays = ({ ranked }: QueueItem) => !trackIds.has(ranked.trackId);
  return { items: items.filter(stays), index: items.slice(0, index).filter(stays).length };
}
