import type { Milliseconds } from '../../../core/units';
import { mean } from '../../statistics';
import { standardDeviation, type Intervals } from './timeDomain';

/**
 * The intervals cut into pieces of equal duration by the time at which each ends. The convention is NeuroKit2's: the number of
 * pieces is rounded, so the last one may be short, and the last interval of a piece, which reaches up to its end, does not count.
 */
function pieces(nn: Intervals, length: Milliseconds): Milliseconds[][] {
  const found: Milliseconds[][] = [];
  let elapsed = 0;
  for (let i = 0; i < nn.length; i++) {
    elapsed += nn[i] ?? 0;
    const place = Math.floor(elapsed / length);
    while (found.length <= place) found.push([]);
    found[place]?.push(nn[i] ?? 0);
  }
  return found.slice(0, Math.round(elapsed / length)).map((piece) => piece.slice(0, -1));
}

/** SDANN: standard deviation (n - 1) of the means of pieces of `length` ms; null for fewer than three pieces. */
export function sdann(nn: Intervals, length: Milliseconds): Milliseconds | null {
  const means = pieces(nn, length).filter((piece) => piece.length > 0);
  return means.length < 3 ? null : standardDeviation(means.map((piece) => mean(piece)));
}

/** SDNN index: mean of the standard deviations (n - 1) of pieces of `length` ms; null for fewer than three pieces. */
export function sdnnIndex(nn: Intervals, length: Milliseconds): Milliseconds | null {
  const spreads = pieces(nn, length).flatMap((piece) => standardDeviation(piece) ?? []);
  return spreads.length < 3 ? null : mean(spreads);
}
