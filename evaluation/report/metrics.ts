/** Metrics of labelled answers. Pure; every function says what nothing gives, and none returns NaN. */

export interface Scored {
  readonly label: string;
  /** null: the item could not be read, which counts as a wrong answer. */
  readonly predicted: string | null;
}

export interface ClassScore {
  readonly label: string;
  /** Items that bear the label. */
  readonly n: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Share of items answered rightly, in [0, 1]; 0 for none. */
export function accuracyOf(items: readonly Scored[]): number {
  return ratio(items.filter(isRight).length, items.length);
}

/**
 * Precision, recall and F1 of each class that occurs as a label or is an answer. A class that can never be answered has
 * recall 0; a class that never occurs has n 0 and recall 0. Undefined quotients (0/0) are 0, as in scikit-learn.
 */
export function classScores(items: readonly Scored[], answers: readonly string[]): ClassScore[] {
  return labelsIn(items, answers).map((label) => {
    const n = items.filter((item) => item.label === label).length;
    const named = items.filter((item) => item.predicted === label).length;
    const right = items.filter((item) => item.label === label && isRight(item)).length;
    const precision = ratio(right, named);
    const recall = ratio(right, n);
    return { label, n, precision, recall, f1: ratio(2 * precision * recall, precision + recall) };
  });
}

/** Unweighted average recall over the classes that occur as labels; 0 for none. */
export function uarOf(scores: readonly ClassScore[]): number {
  return mean(scores.filter(({ n }) => n > 0).map(({ recall }) => recall));
}

/** Mean F1 over the classes that occur as labels; 0 for none. */
export function macroF1Of(scores: readonly ClassScore[]): number {
  return mean(scores.filter(({ n }) => n > 0).map(({ f1 }) => f1));
}

/** Counts, one row per true class in the order of `classScores`, one column per answer and a last one for unreadable items. */
export function confusionOf(
  items: readonly Scored[],
  answers: readonly string[],
): { rows: string[]; columns: string[]; counts: number[][] } {
  const rows = labelsIn(items, answers);
  const columns = [...answers, 'unreadable'];
  const counts = rows.map((label) =>
    columns.map((column) => items.filter((item) => item.label === label && (item.predicted ?? 'unreadable') === column).length),
  );
  return { rows, columns, counts };
}

/**
 * Expected calibration error (Guo et al. 2017): |accuracy − mean confidence| over equal-width bins (lo, hi], weighted by
 * their share of the items.
 * @param confidences [n] in [0, 1]  @param right [n]
 * @returns [0, 1]; null for no item
 */
export function eceOf(confidences: readonly number[], right: readonly boolean[], bins = 15): number | null {
  if (confidences.length === 0) return null;
  const totals = Array.from({ length: bins }, () => ({ confidence: 0, right: 0 }));
  confidences.forEach((confidence, i) => {
    const bin = totals[Math.max(0, Math.ceil(confidence * bins) - 1)];
    if (bin === undefined) return;
    bin.confidence += confidence;
    bin.right += right[i] === true ? 1 : 0;
  });
  return totals.reduce((sum, bin) => sum + Math.abs(bin.right - bin.confidence), 0) / confidences.length;
}

/** Quantile by linear interpolation between order statistics (Hyndman and Fan's type 7); null for no value. */
export function quantile(values: readonly number[], q: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  return low === undefined || high === undefined ? null : low + (high - low) * (at - Math.floor(at));
}

/** Mean and sample standard deviation (n − 1); sd 0 for fewer than two values. */
export function meanAndSd(values: readonly number[]): { mean: number; sd: number } {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return { mean: centre, sd: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) };
}

/**
 * Percentile bootstrap interval of the accuracy: whole clusters are drawn with replacement, so items of one person or
 * artist stay together. Give one cluster per item when there are no groups.
 * @param clusters items per cluster  @param random uniform in [0, 1)
 */
export function bootstrapAccuracy(
  clusters: readonly (readonly Scored[])[],
  random: () => number,
  { rounds = 2000, level = 0.95 }: { readonly rounds?: number; readonly level?: number } = {},
): { low: number; high: number } {
  const sizes = clusters.map((items) => ({ n: items.length, right: items.filter(isRight).length }));
  const drawn = Array.from({ length: rounds }, () => {
    let n = 0;
    let right = 0;
    for (let i = 0; i < sizes.length; i += 1) {
      const cluster = sizes[Math.floor(random() * sizes.length)];
      n += cluster?.n ?? 0;
      right += cluster?.right ?? 0;
    }
    return ratio(right, n);
  });
  return { low: quantile(drawn, (1 - level) / 2) ?? 0, high: quantile(drawn, (1 + level) / 2) ?? 0 };
}

function isRight({ label, predicted }: Scored): boolean {
  return label === predicted;
}

/** The answers in their order, then labels that are none of them in alphabetical order. */
function labelsIn(items: readonly Scored[], answers: readonly string[]): string[] {
  const others = new Set(items.map(({ label }) => label).filter((label) => !answers.includes(label)));
  return [...answers, ...[...others].sort()];
}

function mean(values: readonly number[]): number {
  return ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
