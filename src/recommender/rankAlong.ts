import type { Affect } from '../core/emotion';
import type { RankedTrack, ReasonFeature, StrategyInput } from '../core/music';
import { explain, fitAll, neighbourReasons } from './score';
import { buildScoreTable, cleanAffect, type ScoreTable } from './scoreTable';
import { topK } from './topK';
import type { Weights } from './weights';

/** What makes one strategy differ from another. */
export interface Plan {
  readonly weights: Weights;
  /** Where on the mood plane each song of the list should lie, in playing order: `length` stops. */
  readonly stops: (listener: Affect, length: number) => readonly Affect[];
  /** How the fit to a stop is called in the reasons. */
  readonly feature: Extract<ReasonFeature, 'affect-distance' | 'target-distance'>;
}

/** Beyond the songs needed, this many compete for smooth tempo and fresh artists. */
const SPARE = 40;

interface Pool {
  readonly rows: readonly number[];
  /** Fit and place-free score, by row. */
  readonly fit: ReadonlyMap<number, number>;
  readonly score: ReadonlyMap<number, number>;
}

/**
 * Picks a song for each stop, best first, heeding the songs picked before it. The same input and seed give the same list,
 * whatever the order of the candidates; unusable numbers count as "nothing known", never as NaN.
 */
export function rankAlong(input: StrategyInput, plan: Plan): readonly RankedTrack[] {
  const length = Number.isFinite(input.length) ? Math.min(Math.max(0, Math.floor(input.length)), input.candidates.length) : 0;
  if (length === 0) return [];
  const table = buildScoreTable(input, plan.weights);
  const stops = plan.stops(cleanAffect(input.affect), length);
  const chosen: number[] = [];
  const taken = new Set<string>();
  const ranked: RankedTrack[] = [];
  let pool: Pool | null = null;
  let poolStop: Affect | undefined;
  for (let place = 0; place < length; place++) {
    const stop = stops[place] ?? stops.at(-1);
    if (!stop) break;
    if (!pool || stop !== poolStop) pool = buildPool(table, stop, length + SPARE);
    poolStop = stop;
    const row = pickFrom(table, pool, chosen, taken);
    const candidate = table.candidates[row];
    if (!candidate) break;
    ranked.push({ trackId: candidate.trackId, ...justify(table, row, pool.fit.get(row) ?? 0, plan, chosen) });
    chosen.push(row);
    taken.add(candidate.trackId);
  }
  return ranked;
}

function buildPool(table: ScoreTable, stop: Affect, size: number): Pool {
  const { candidates, base, weights } = table;
  const fits = new Float64Array(candidates.length);
  const scores = new Float64Array(candidates.length);
  fitAll(table, stop, (row, fit) => {
    fits[row] = fit;
    scores[row] = weights.affect * fit + (base[row] ?? 0);
  });
  const rows = topK(scores, size, (a, b) => (candidates[a]?.trackId ?? '') < (candidates[b]?.trackId ?? ''));
  return {
    rows,
    fit: new Map(rows.map((row) => [row, fits[row] ?? 0])),
    score: new Map(rows.map((row) => [row, scores[row] ?? 0])),
  };
}

/** The row to play next, or -1 when the pool is spent. */
function pickFrom(table: ScoreTable, pool: Pool, chosen: readonly number[], taken: ReadonlySet<string>): number {
  let best = -1;
  let bestScore = -Infinity;
  for (const row of pool.rows) {
    if (taken.has(table.candidates[row]?.trackId ?? '')) continue;
    const score = neighbourReasons(table, row, chosen).reduce((sum, { contribution }) => sum + contribution, pool.score.get(row) ?? 0);
    // Rows come best first and ties by id, so the first of equals stays.
    if (score > bestScore) [best, bestScore] = [row, score];
  }
  return best;
}

function justify(table: ScoreTable, row: number, fit: number, plan: Plan, before: readonly number[]): Omit<RankedTrack, 'trackId'> {
  const { affect } = plan.weights;
  const reasons = explain(table, row, { feature: plan.feature, weight: affect, contribution: affect * fit }, before);
  return { score: reasons.reduce((sum, { contribution }) => sum + contribution, 0), reasons };
}
