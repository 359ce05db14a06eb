import type { FeedbackEvent } from '../core/music';
import type { EpochMs, Milliseconds, TrackId } from '../core/units';

/** What the feedback log says about one song. */
export interface Preference {
  readonly rating: 'like' | 'dislike' | 'none';
  /** Plays, each counted by the fraction that was heard. */
  readonly plays: number;
  /** Skips, each counted 1 when early and less when late, halved every {@link SKIP_HALF_LIFE_MS}. */
  readonly skips: number;
  readonly lastHeardAt: EpochMs | null;
}

const DAY_MS: Milliseconds = 86_400_000;
const SKIP_HALF_LIFE_MS: Milliseconds = 30 * DAY_MS;
/** A skip in the first half minute is about the song; a later one may be about anything. */
const EARLY_SKIP_SECONDS = 30;

const NOTHING_KNOWN: Preference = { rating: 'none', plays: 0, skips: 0, lastHeardAt: null };

/**
 * Folds the append-only log into what counts per song. The latest rating wins; songs that never occur have no entry.
 * @param now time that the age of a skip is measured from
 */
export function summarisePreferences(feedback: readonly FeedbackEvent[], now: EpochMs): ReadonlyMap<TrackId, Preference> {
  const ratedAt = new Map<TrackId, EpochMs>();
  const preferences = new Map<TrackId, Preference>();
  for (const event of feedback) {
    if (!isAboutListening(event)) continue;
    const before = preferences.get(event.trackId) ?? NOTHING_KNOWN;
    if (event.kind === 'rated') {
      if (event.at < (ratedAt.get(event.trackId) ?? -Infinity)) continue;
      ratedAt.set(event.trackId, event.at);
    }
    preferences.set(event.trackId, withEvent(before, event, now));
  }
  return preferences;
}

type ListeningEvent = Extract<FeedbackEvent, { readonly kind: 'played' | 'skipped' | 'rated' }>;

const isAboutListening = (event: FeedbackEvent): event is ListeningEvent => ['played', 'skipped', 'rated'].includes(event.kind);

function withEvent(before: Preference, event: ListeningEvent, now: EpochMs): Preference {
  if (event.kind === 'rated') return { ...before, rating: event.rating };
  const lastHeardAt = Math.max(before.lastHeardAt ?? event.at, event.at);
  if (event.kind === 'played') return { ...before, plays: before.plays + unit(event.fraction), lastHeardAt };
  const weight = event.after < EARLY_SKIP_SECONDS ? 1 : 0.4;
  const age = Math.max(0, now - event.at);
  return { ...before, skips: before.skips + (Number.isFinite(age) ? weight * 0.5 ** (age / SKIP_HALF_LIFE_MS) : 0), lastHeardAt };
}

function unit(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
