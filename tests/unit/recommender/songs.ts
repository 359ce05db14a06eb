import type { Affect } from '../../../src/core/emotion';
import type { Candidate, FeedbackEvent, StrategyInput } from '../../../src/core/music';
import { seededRandom } from '../../../src/core/random';
import type { TrackId } from '../../../src/core/units';

export const NOON = Date.UTC(2026, 0, 5, 12);

export const song = (id: string, valence: number, arousal: number, rest: Partial<Candidate> = {}): Candidate => ({
  trackId: id as TrackId,
  affect: { valence, arousal, valenceSd: 0.2, arousalSd: 0.2 },
  tempo: 100,
  loudness: -14,
  artist: null,
  ...rest,
});

/** n songs spread evenly over the plane, 80 artists. */
export function library(n: number, seed = 1): readonly Candidate[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, (_, i) =>
    song(`song-${i}`, 2 * random() - 1, 2 * random() - 1, { tempo: 60 + 120 * random(), artist: `artist ${Math.floor(random() * 80)}` }),
  );
}

export const at = (valence: number, arousal: number, sd = 0.2): Affect => ({ valence, arousal, valenceSd: sd, arousalSd: sd });

export function ask(
  candidates: readonly Candidate[],
  affect: Affect,
  rest: Partial<StrategyInput> & { readonly seed?: number } = {},
): StrategyInput {
  const { seed = 7, ...others } = rest;
  return {
    affect,
    target: null,
    context: { at: NOON, hour: 12, weekday: 1 },
    candidates,
    feedback: [],
    random: seededRandom(seed),
    length: 10,
    ...others,
  };
}

export const rated = (id: string, rating: 'like' | 'dislike' | 'none', when = NOON - 1000): FeedbackEvent => ({
  kind: 'rated',
  trackId: id as TrackId,
  rating,
  at: when,
  playlistId: null,
  affect: null,
});
export const skipped = (id: string, after: number, when = NOON - 1000): FeedbackEvent => ({
  kind: 'skipped',
  trackId: id as TrackId,
  after,
  at: when,
  playlistId: null,
  affect: null,
});
export const played = (id: string, fraction: number, when = NOON - 1000): FeedbackEvent => ({
  kind: 'played',
  trackId: id as TrackId,
  fraction,
  at: when,
  playlistId: null,
  affect: null,
});
