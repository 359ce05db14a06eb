import { quantile } from '../report/metrics';

/** How a measured axis follows a rated one. */
export interface Agreement {
  readonly n: number;
  /** Pearson's correlation. */
  readonly r: number;
  /** 95 %, percentile bootstrap by text. */
  readonly rInterval: { readonly low: number; readonly high: number };
  /** Concordance correlation (Lin 1989): 1 only where the values are equal. */
  readonly ccc: number;
}

type Pair = readonly [truth: number, told: number];
const ROUNDS = 1000;
const FEWEST = 3;

function moments(pairs: readonly Pair[]) {
  const n = pairs.length;
  const meanOf = (of: (pair: Pair) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / n;
  const [a, b] = [meanOf(([truth]) => truth), meanOf(([, told]) => told)];
  return {
    gap: a - b,
    truth: meanOf(([truth]) => (truth - a) ** 2),
    told: meanOf(([, told]) => (told - b) ** 2),
    both: meanOf(([truth, told]) => (truth - a) * (told - b)),
  };
}

function pearson(pairs: readonly Pair[]): number {
  const { truth, told, both } = moments(pairs);
  return truth > 0 && told > 0 ? both / Math.sqrt(truth * told) : 0;
}

/** @param random uniform in [0, 1). @returns null for fewer than three pairs */
export function agreementOf(pairs: readonly Pair[], random: () => number): Agreement | null {
  if (pairs.length < FEWEST) return null;
  const { truth, told, both, gap } = moments(pairs);
  const spread = truth + told + gap ** 2;
  const drawn = Array.from({ length: ROUNDS }, () =>
    pearson(Array.from(pairs, () => pairs[Math.floor(random() * pairs.length)] ?? ([0, 0] as const))),
  );
  return {
    n: pairs.length,
    r: pearson(pairs),
    rInterval: { low: quantile(drawn, 0.025) ?? 0, high: quantile(drawn, 0.975) ?? 0 },
    ccc: spread > 0 ? (2 * both) / spread : 0,
  };
}
