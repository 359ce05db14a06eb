import type { AffectPoint } from '../../core/music';
import type { EpochMs, Milliseconds } from '../../core/units';
import { Cusum, meanRunLength, type CusumOptions } from './cusum';

/** A reading of the mood, at any spacing. */
export interface MoodReading {
  readonly at: EpochMs;
  readonly point: AffectPoint;
}

/** A stretch of time with one mood. */
export interface MoodStretch {
  readonly from: EpochMs;
  /** End of its last half minute. */
  readonly to: EpochMs;
  /** Mean of its half minutes. */
  readonly point: AffectPoint;
}

export interface MoodTransition {
  /** When the mood began to change. */
  readonly at: EpochMs;
  /** When the readings were enough to say so. */
  readonly knownAt: EpochMs;
  readonly before: AffectPoint;
  readonly after: AffectPoint;
}

export interface MoodHistory {
  /** Oldest first; a long silence ends a stretch without being a transition. */
  readonly stretches: readonly MoodStretch[];
  readonly transitions: readonly MoodTransition[];
}

/** Single readings jump with each smile; what changes over half minutes is the mood. */
export const BIN: Milliseconds = 30_000;
/** Nothing said for so long: what comes then is a stretch of its own. */
const GAP: Milliseconds = 900_000;
/**
 * Half-minute means of one mood wander by less than .2 on either axis, and follow each other; .25 leaves room for that. A false alarm on either
 * axis then comes once in about 40 hours, and a move of .4 is known after about four minutes (`detectionDelay`).
 */
const CUSUM: CusumOptions = { sd: 0.25, slack: 0.5, level: 8 };
/** Neighbours nearer than this on the plane are the same mood to anybody. */
const LEAST_MOVE = 0.25;

/** How long a move of this size along one axis takes to be known, on average. @param move distance on the plane, more than .125 */
export const detectionDelay = (move: number): Milliseconds => BIN * meanRunLength(move / CUSUM.sd, CUSUM);

interface Bin extends MoodReading {
  readonly n: number;
}

/** Means of half minutes; those without a reading are left out. */
function binned(readings: readonly MoodReading[]): readonly Bin[] {
  const bins: Bin[] = [];
  for (const { at, point } of readings) {
    const start = Math.floor(at / BIN) * BIN;
    const last = bins.at(-1);
    if (last?.at !== start) bins.push({ at: start, point, n: 1 });
    else {
      const n = last.n + 1;
      const mean = (axis: keyof AffectPoint) => last.point[axis] + (point[axis] - last.point[axis]) / n;
      bins[bins.length - 1] = { at: start, point: { valence: mean('valence'), arousal: mean('arousal') }, n };
    }
  }
  return bins;
}

function meanOf(bins: readonly Bin[]): AffectPoint {
  const mean = (axis: keyof AffectPoint) => bins.reduce((sum, { point }) => sum + point[axis], 0) / bins.length;
  return { valence: mean('valence'), arousal: mean('arousal') };
}

const distance = (a: AffectPoint, b: AffectPoint): number => Math.hypot(a.valence - b.valence, a.arousal - b.arousal);

/**
 * Where among these bins the mean most probably moved: the split that explains most of the variance (Hinkley 1970, Inference about the
 * change-point in a sequence of random variables, Biometrika 57, 1). @returns index of the first bin after the change, at least 1
 */
function changeIn(bins: readonly Bin[]): number {
  let best = { at: 1, gain: -1 };
  for (let at = 1; at < bins.length; at++) {
    const gain = ((at * (bins.length - at)) / bins.length) * distance(meanOf(bins.slice(0, at)), meanOf(bins.slice(at))) ** 2;
    if (gain > best.gain) best = { at, gain };
  }
  return best.at;
}

/** Readings of a mood that lasted long enough to be compared with: two minutes. */
const SETTLED = 4;

/** Where a stretch that starts at `start` is left: the index at which the next one begins, and the index at which that was known. */
function endOf(bins: readonly Bin[], start: number): { readonly next: number; readonly knownAt: number | null } {
  const valence = new Cusum(CUSUM);
  const arousal = new Cusum(CUSUM);
  for (let i = start; i < bins.length; i++) {
    const { at, point } = bins[i] ?? { at: 0, point: { valence: 0, arousal: 0 } };
    if (i > start && at - (bins[i - 1]?.at ?? at) > GAP) return { next: i, knownAt: null };
    const isAlarm = [valence.add(point.valence), arousal.add(point.arousal)].some(Boolean);
    if (isAlarm && i - start >= SETTLED) return { next: start + changeIn(bins.slice(start, i + 1)), knownAt: i };
  }
  return { next: bins.length, knownAt: null };
}

interface Piece {
  readonly bins: readonly Bin[];
  /** When the change that began it was known; null after a silence, and at the very beginning. */
  readonly knownAt: EpochMs | null;
}

function piecesOf(bins: readonly Bin[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let knownAt: EpochMs | null = null;
  for (let start = 0; start < bins.length;) {
    const end = endOf(bins, start);
    pieces.push({ bins: bins.slice(start, end.next), knownAt });
    knownAt = end.knownAt === null ? null : (bins[end.knownAt]?.at ?? 0) + BIN;
    start = end.next;
  }
  return pieces;
}

/** A change to nearly the same mood is none. */
function merged(pieces: readonly Piece[]): readonly Piece[] {
  const kept: Piece[] = [];
  for (const piece of pieces) {
    const before = kept.at(-1);
    const isSame = before && piece.knownAt !== null && distance(meanOf(before.bins), meanOf(piece.bins)) < LEAST_MOVE;
    if (before && isSame) kept[kept.length - 1] = { ...before, bins: [...before.bins, ...piece.bins] };
    else kept.push(piece);
  }
  return kept;
}

/**
 * Where the mood changed, by CUSUM on the half-minute means of valence and of arousal: single readings and labels that jump to and fro change
 * nothing, a lasting move is found with a known delay.
 * @param readings oldest first
 */
export function findTransitions(readings: readonly MoodReading[]): MoodHistory {
  const pieces = merged(piecesOf(binned(readings)));
  const stretches = pieces.map(({ bins }): MoodStretch => {
    const [first] = bins;
    return { from: first?.at ?? 0, to: (bins.at(-1)?.at ?? 0) + BIN, point: meanOf(bins) };
  });
  const transitions = pieces.flatMap(({ knownAt }, i): readonly MoodTransition[] => {
    const [before, after] = [stretches[i - 1], stretches[i]];
    return knownAt !== null && before && after ? [{ at: after.from, knownAt, before: before.point, after: after.point }] : [];
  });
  return { stretches, transitions };
}
