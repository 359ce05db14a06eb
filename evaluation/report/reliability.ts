/** Answers whose confidence lay in one tenth; nulls in an empty one. */
export interface ReliabilityBin {
  readonly from: number;
  readonly n: number;
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

const BINS = 10;
const rounded = (x: number): number => Math.round(x * 10_000) / 10_000;

/** How often answers are right that are this sure, by tenths [lo, hi). Pure. */
export function reliabilityOf(confidences: readonly number[], right: readonly boolean[]): readonly ReliabilityBin[] {
  const bins = Array.from({ length: BINS }, () => ({ n: 0, sure: 0, right: 0 }));
  for (const [i, confidence] of confidences.entries()) {
    const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))];
    if (bin) Object.assign(bin, { n: bin.n + 1, sure: bin.sure + confidence, right: bin.right + Number(right[i]) });
  }
  return bins.map(({ n, sure, right: hits }, i) => ({
    from: i / BINS,
    n,
    confidence: n > 0 ? rounded(sure / n) : null,
    accuracy: n > 0 ? rounded(hits / n) : null,
  }));
}
