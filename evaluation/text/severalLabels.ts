import { quantile } from '../report/metrics';

/** What a text bears, and what was named in it. */
export interface LabelPair {
  readonly truth: ReadonlySet<string>;
  readonly named: ReadonlySet<string>;
}

export interface LabelScore {
  readonly label: string;
  /** Texts that bear it. */
  readonly n: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface SeveralLabels {
  readonly n: number;
  /** Mean F1 over all labels, 0/0 counting as 0, as scikit-learn has it. */
  readonly macroF1: number;
  /** 95 %, percentile bootstrap by text. */
  readonly macroF1Interval: { readonly low: number; readonly high: number };
  readonly microF1: number;
  readonly perLabel: readonly LabelScore[];
}

interface Counts {
  truth: number;
  named: number;
  both: number;
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const f1Of = ({ truth, named, both }: Counts): number => ratio(2 * both, truth + named);

/** Bits of truth and answer per pair and label, so that a bootstrap costs additions only. */
function bitsOf(pairs: readonly LabelPair[], labels: readonly string[]): Uint8Array {
  const bits = new Uint8Array(pairs.length * labels.length);
  pairs.forEach(({ truth, named }, i) => {
    labels.forEach((label, j) => {
      bits[i * labels.length + j] = (truth.has(label) ? 1 : 0) | (named.has(label) ? 2 : 0);
    });
  });
  return bits;
}

function countsOf(bits: Uint8Array, size: number, chosen: Iterable<number>): readonly Counts[] {
  const counts = Array.from({ length: size }, () => ({ truth: 0, named: 0, both: 0 }));
  for (const i of chosen) {
    counts.forEach((count, j) => {
      const bit = bits[i * size + j] ?? 0;
      count.truth += bit & 1;
      count.named += bit >> 1;
      count.both += bit === 3 ? 1 : 0;
    });
  }
  return counts;
}

const macroOf = (counts: readonly Counts[]): number =>
  ratio(
    counts.reduce((sum, count) => sum + f1Of(count), 0),
    counts.length,
  );

const ROUNDS = 1000;

/** F1 of texts that bear several labels at once. @param random uniform in [0, 1) */
export function scoreSeveral(pairs: readonly LabelPair[], labels: readonly string[], random: () => number): SeveralLabels {
  const bits = bitsOf(pairs, labels);
  const counts = countsOf(bits, labels.length, pairs.keys());
  const drawn = Array.from({ length: ROUNDS }, () => {
    const chosen = Array.from(pairs, () => Math.floor(random() * pairs.length));
    return macroOf(countsOf(bits, labels.length, chosen));
  });
  const total = counts.reduce(
    (sum, { truth, named, both }) => ({ truth: sum.truth + truth, named: sum.named + named, both: sum.both + both }),
    {
      truth: 0,
      named: 0,
      both: 0,
    },
  );
  return {
    n: pairs.length,
    macroF1: macroOf(counts),
    macroF1Interval: { low: quantile(drawn, 0.025) ?? 0, high: quantile(drawn, 0.975) ?? 0 },
    microF1: f1Of(total),
    perLabel: labels.map((label, j) => {
      const count = counts[j] ?? { truth: 0, named: 0, both: 0 };
      return { label, n: count.truth, precision: ratio(count.both, count.named), recall: ratio(count.both, count.truth), f1: f1Of(count) };
    }),
  };
}
