import type { Affect } from '../core/emotion';
import type { ScoreReason } from '../core/music';
import type { UnitInterval } from '../core/units';
import { lastingReasons, probabilityPositive, type ScoreTable } from './scoreTable';
import { tempoFlow } from './tempoFlow';

/**
 * Width of what counts as "near" on each axis when both points are known exactly. Arousal may differ more: a calm pleasant
 * song suits a happy listener better than an angry one does.
 */
const NEAR_VALENCE = 0.25;
const NEAR_AROUSAL = 0.5;
/** What is left of the fit when song and stop surely lie on different sides of an axis. */
const OTHER_PLEASANTNESS = 0.3;
const OTHER_ACTIVATION = 0.6;

/**
 * How well each song fits a stop of the path, in (0, 1]; 1 = surely exactly there. 1 / (1 + d²/2), where d is the distance in
 * standard deviations of the difference: a vague listener flattens the fit, and far songs still differ, so that a library
 * without a near song gives its nearest. A vague song is marked down by as much as it is vague, and every song by the
 * probability that it lies on the other side of an axis.
 * @param write receives row and fit
 */
export function fitAll(table: ScoreTable, stop: Affect, write: (row: number, fit: UnitInterval) => void): void {
  const { valence, arousal, valenceVariance, arousalVariance, pleasant, activated } = table;
  const floorV = NEAR_VALENCE ** 2 + stop.valenceSd ** 2;
  const floorA = NEAR_AROUSAL ** 2 + stop.arousalSd ** 2;
  const stopPleasant = probabilityPositive(stop.valence, stop.valenceSd);
  const stopActivated = probabilityPositive(stop.arousal, stop.arousalSd);
  for (let row = 0; row < valence.length; row++) {
    const dv = (valence[row] ?? 0) - stop.valence;
    const da = (arousal[row] ?? 0) - stop.arousal;
    const varianceV = floorV + (valenceVariance[row] ?? 1);
    const varianceA = floorA + (arousalVariance[row] ?? 1);
    const nearness = 1 / (1 + 0.5 * ((dv * dv) / varianceV + (da * da) / varianceA));
    const clarity = Math.sqrt((floorV / varianceV) * (floorA / varianceA));
    const sameValence = OTHER_PLEASANTNESS + (1 - OTHER_PLEASANTNESS) * agreement(stopPleasant, pleasant[row] ?? 0.5);
    const sameArousal = OTHER_ACTIVATION + (1 - OTHER_ACTIVATION) * agreement(stopActivated, activated[row] ?? 0.5);
    write(row, nearness * clarity * sameValence * sameArousal);
  }
}

/** Probability that two independent events with probabilities p and q agree. */
function agreement(p: UnitInterval, q: UnitInterval): UnitInterval {
  return p * q + (1 - p) * (1 - q);
}

/** The reasons that follow from the songs already in the list. */
export function neighbourReasons(table: ScoreTable, row: number, before: readonly number[]): readonly ScoreReason[] {
  const { weights, candidates, arousal } = table;
  const reasons: ScoreReason[] = [];
  const paceOf = (r: number) => ({ tempo: candidates[r]?.tempo ?? 0, arousal: arousal[r] ?? 0 });
  const previous = before.at(-1);
  if (previous !== undefined) {
    reasons.push({
      feature: 'tempo-flow',
      weight: weights.tempoFlow,
      contribution: weights.tempoFlow * tempoFlow(paceOf(previous), paceOf(row)),
    });
  }
  const repeats = repeatedArtist(table, row, before);
  if (repeats > 0) reasons.push({ feature: 'same-artist', weight: -weights.sameArtist, contribution: -weights.sameArtist * repeats });
  return reasons;
}

/** 1 for the same artist right before, half for each song further away, summed; 0 where the library has no other. */
function repeatedArtist({ candidates, isOneArtist }: ScoreTable, row: number, before: readonly number[]): number {
  const artist = candidates[row]?.artist ?? null;
  if (artist === null || isOneArtist) return 0;
  return before.reduce((sum, other, place) => sum + (candidates[other]?.artist === artist ? 0.5 ** (before.length - 1 - place) : 0), 0);
}

/** Every reason for a song at its place; the contributions are the score. */
export function explain(table: ScoreTable, row: number, fit: ScoreReason, before: readonly number[]): readonly ScoreReason[] {
  const candidate = table.candidates[row];
  return candidate ? [fit, ...lastingReasons(table, candidate.trackId), ...neighbourReasons(table, row, before)] : [];
}
