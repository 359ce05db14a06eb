import type { Affect } from '../core/emotion';
import type { Candidate, ScoreReason, StrategyInput } from '../core/music';
import type { Bipolar, EpochMs, Milliseconds, TrackId, UnitInterval } from '../core/units';
import { summarisePreferences, type Preference } from './preference';
import type { Weights } from './weights';

/** Half an hour ago is too soon; half a day ago hardly counts. */
const RECENT_MS: Milliseconds = 6 * 3_600_000;
/** Never surer than this of a song or a listener: guards divisions and overconfident models. */
const SMALLEST_SD = 0.05;

/** All candidates in columns: 100,000 rows are walked once per stop of the path. Row i of each column is one song. */
export interface ScoreTable {
  readonly candidates: readonly Candidate[];
  /** No song is by anybody else: the same artist again is no choice then. */
  readonly isOneArtist: boolean;
  readonly valence: Float64Array;
  readonly arousal: Float64Array;
  readonly valenceVariance: Float64Array;
  readonly arousalVariance: Float64Array;
  /** Probability that the song is pleasant, that it is activated. */
  readonly pleasant: Float64Array;
  readonly activated: Float64Array;
  /** The part of the score that holds wherever the song stands in the list. */
  readonly base: Float64Array;
  readonly preferences: ReadonlyMap<TrackId, Preference>;
  readonly now: EpochMs;
  readonly seed: number;
  readonly weights: Weights;
}

/** Φ(mean/sd) by the logistic curve (max. error .01): the probability that a Gaussian number is positive. */
export function probabilityPositive(mean: number, sd: number): UnitInterval {
  return 1 / (1 + Math.exp((-1.702 * mean) / sd));
}

/** A number in [-1, 1] and its sd; anything else becomes "nothing known". */
export function cleanAxis(mean: Bipolar, sd: number): { readonly mean: Bipolar; readonly sd: number } {
  if (!Number.isFinite(mean)) return { mean: 0, sd: 1 };
  return { mean: Math.min(1, Math.max(-1, mean)), sd: Number.isFinite(sd) ? Math.min(1, Math.max(SMALLEST_SD, sd)) : 1 };
}

export function cleanAffect(affect: Affect): Affect {
  const valence = cleanAxis(affect.valence, affect.valenceSd);
  const arousal = cleanAxis(affect.arousal, affect.arousalSd);
  return { valence: valence.mean, arousal: arousal.mean, valenceSd: valence.sd, arousalSd: arousal.sd };
}

export function buildScoreTable(input: StrategyInput, weights: Weights): ScoreTable {
  const { candidates, context } = input;
  const n = candidates.length;
  const column = () => new Float64Array(n);
  const table: ScoreTable = {
    candidates,
    isOneArtist: candidates.every(({ artist }) => artist === candidates[0]?.artist),
    valence: column(),
    arousal: column(),
    valenceVariance: column(),
    arousalVariance: column(),
    pleasant: column(),
    activated: column(),
    base: column(),
    preferences: summarisePreferences(input.feedback, context.at),
    now: context.at,
    seed: Math.floor(input.random() * 2 ** 32),
    weights,
  };
  candidates.forEach((candidate, row) => fillRow(table, row, candidate));
  return table;
}

function fillRow(table: ScoreTable, row: number, { trackId, affect }: Candidate): void {
  const valence = cleanAxis(affect.valence, affect.valenceSd);
  const arousal = cleanAxis(affect.arousal, affect.arousalSd);
  table.valence[row] = valence.mean;
  table.arousal[row] = arousal.mean;
  table.valenceVariance[row] = valence.sd ** 2;
  table.arousalVariance[row] = arousal.sd ** 2;
  table.pleasant[row] = probabilityPositive(valence.mean, valence.sd);
  table.activated[row] = probabilityPositive(arousal.mean, arousal.sd);
  table.base[row] = table.preferences.has(trackId)
    ? lastingReasons(table, trackId).reduce((sum, { contribution }) => sum + contribution, 0)
    : table.weights.novelty + table.weights.chance * chanceOf(trackId, table.seed);
}

/** The reasons that do not depend on the song's place in the list. */
export function lastingReasons(table: ScoreTable, trackId: TrackId): readonly ScoreReason[] {
  const { weights, now } = table;
  const preference = table.preferences.get(trackId);
  const reasons: ScoreReason[] = [];
  const add = (feature: ScoreReason['feature'], weight: number, value: number) => {
    if (value !== 0 && Number.isFinite(value)) reasons.push({ feature, weight, contribution: weight * value });
  };
  if (preference) {
    add('liked', weights.liked, preference.rating === 'like' ? 1 : 0);
    add('disliked', -weights.disliked, preference.rating === 'dislike' ? 1 : 0);
    add('skipped', -weights.skipped, Math.min(2, preference.skips));
    add('recently-played', -weights.recentlyPlayed, preference.lastHeardAt === null ? 0 : recency(now - preference.lastHeardAt));
  }
  add('novelty', weights.novelty, 1 / (1 + (preference?.plays ?? 0)));
  add('chance', weights.chance, chanceOf(trackId, table.seed));
  return reasons;
}

function recency(age: Milliseconds): UnitInterval {
  const value = Math.exp(-Math.max(0, age) / RECENT_MS);
  return value < 0.01 ? 0 : value;
}

/** A song's own draw: from its id and the seed (FNV-1a), not from its place among the candidates. */
function chanceOf(trackId: TrackId, seed: number): UnitInterval {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let i = Math.max(0, trackId.length - 24); i < trackId.length; i++) hash = Math.imul(hash ^ trackId.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
