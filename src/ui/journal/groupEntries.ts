import type { EpochMs, Milliseconds } from '../../core/units';
import type { JournalEntry } from '../../stores/contracts';

export interface JournalGroup {
  /** The newest entry of the group. */
  readonly entry: JournalEntry;
  /** When its oldest entry was made; equals `entry.at` for a single one. */
  readonly from: EpochMs;
  readonly count: number;
}

/** Readings further apart than this are two stretches. */
const GAP_MS: Milliseconds = 600_000;

/**
 * Neighbouring readings of the same mood become one line; songs and the user's words stay single.
 * @param entries newest first
 */
export function groupEntries(entries: readonly JournalEntry[]): readonly JournalGroup[] {
  const groups: JournalGroup[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last && belongs(last, entry)) groups[groups.length - 1] = { ...last, from: entry.at, count: last.count + 1 };
    else groups.push({ entry, from: entry.at, count: 1 });
  }
  return groups;
}

function belongs({ entry, from }: JournalGroup, next: JournalEntry): boolean {
  const isSameMood = entry.kind === 'mood' && next.kind === 'mood' && entry.label === next.label;
  return isSameMood && entry.simulated === next.simulated && from - next.at < GAP_MS;
}
