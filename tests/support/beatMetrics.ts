/** Beats before this are not scored: listeners need time to find them (mir_eval.beat.trim_beats). */
const FIRST_SECONDS = 5;
const TOLERANCE_SECONDS = 0.07;

/** Leaves out the first five seconds. */
export const trimBeats = (beats: readonly number[]): number[] => beats.filter((at) => at >= FIRST_SECONDS);

/** Most pairs of a reference and an estimate at most `tolerance` apart, each used once; both ascending, so the earliest pairs will do. */
function countMatches(reference: readonly number[], estimated: readonly number[], tolerance: number): number {
  let matches = 0;
  for (let r = 0, e = 0; r < reference.length && e < estimated.length;) {
    const away = (estimated[e] ?? 0) - (reference[r] ?? 0);
    if (Math.abs(away) <= tolerance) {
      matches++;
      r++;
      e++;
    } else if (away < 0) e++;
    else r++;
  }
  return matches;
}

/** F-measure of beat times as mir_eval.beat.f_measure; 0 when either list is empty. Trim first. */
export function beatFMeasure(reference: readonly number[], estimated: readonly number[], tolerance = TOLERANCE_SECONDS): number {
  if (reference.length === 0 || estimated.length === 0) return 0;
  return (2 * countMatches(reference, estimated, tolerance)) / (reference.length + estimated.length);
}

export interface TempoScore {
  /** Weight of the reference tempi that an estimate hits. */
  readonly pScore: number;
  readonly oneCorrect: boolean;
  readonly bothCorrect: boolean;
}

/**
 * Two tempi against two, as mir_eval.tempo.detection.
 * @param weight of the first reference tempo, 0..1; the second has the rest
 * @throws RangeError for negative tempi and weights outside 0..1
 */
export function scoreTempo(
  reference: readonly [number, number],
  weight: number,
  estimated: readonly [number, number],
  tolerance = 0.08,
): TempoScore {
  if ([...reference, ...estimated].some((tempo) => tempo < 0)) throw new RangeError('a tempo is negative');
  if (weight < 0 || weight > 1) throw new RangeError('the weight lies outside 0..1');
  const hits = reference.map((tempo) => tempo > 0 && estimated.some((other) => Math.abs(other / tempo - 1) <= tolerance));
  const [first = false, second = false] = hits;
  return {
    pScore: weight * Number(first) + (1 - weight) * Number(second),
    oneCorrect: first || second,
    bothCorrect: first && second,
  };
}

/** How a tempo relates to the true one, within 4 %: null when it is neither it nor an octave of it. */
export function octaveOf(tempo: number, truth: number): 'same' | 'half' | 'double' | null {
  const isNear = (factor: number): boolean => Math.abs(tempo / (factor * truth) - 1) <= 0.04;
  if (isNear(1)) return 'same';
  if (isNear(0.5)) return 'half';
  return isNear(2) ? 'double' : null;
}
