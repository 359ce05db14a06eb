import type { EpochMs } from '../../core/units';
import type { AffectPoint } from '../../core/music';
import type { JournalEntry } from '../../stores/contracts';
import { nearestMood, type Mood } from '../words/mood';

export interface DaySlot {
  /** Index of the slot in the day. */
  readonly index: number;
  /** Mean of the readings in the slot. */
  readonly point: AffectPoint;
  readonly simulated: boolean;
}

/** Mean reading per slot of the day; slots without readings are left out, so that a gap stays a gap. */
export function daySlots(entries: readonly JournalEntry[], dayStart: EpochMs, slots: number): readonly DaySlot[] {
  const length = 86_400_000 / slots;
  const sums = new Map<number, { valence: number; arousal: number; n: number; simulated: boolean }>();
  for (const { at, kind, point, simulated } of entries) {
    const index = Math.floor((at - dayStart) / length);
    if (!point || kind === 'transition' || index < 0 || index >= slots) continue;
    const sum = sums.get(index) ?? { valence: 0, arousal: 0, n: 0, simulated: false };
    sums.set(index, {
      valence: sum.valence + point.valence,
      arousal: sum.arousal + point.arousal,
      n: sum.n + 1,
      simulated: sum.simulated || simulated,
    });
  }
  return [...sums]
    .sort(([a], [b]) => a - b)
    .map(([index, { valence, arousal, n, simulated }]) => ({ index, point: { valence: valence / n, arousal: arousal / n }, simulated }));
}

/** Local midnight before `at`. */
export function startOfDay(at: EpochMs): EpochMs {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** The mood of more than half of the readings; null when there is none, or fewer than five readings. */
export function mostlyMood(points: readonly AffectPoint[]): Mood | null {
  if (points.length < 5) return null;
  const tally = new Map<Mood, number>();
  for (const point of points) tally.set(nearestMood(point), (tally.get(nearestMood(point)) ?? 0) + 1);
  return [...tally].find(([, n]) => n > points.length / 2)?.[0] ?? null;
}
