import { FUSION_KINDS, type FusionKind } from '../../../src/core/fusion';
import { seededRandom } from '../../../src/core/random';
import type { Summary } from '../../report/summarise';
import type { Condition, Fused, FusionRow } from '../fusionRow';
import { sourcesIn } from '../readFusionManifest';
import { difference, farthest, score, type Difference } from '../score';
import { ageAt, misled, rowsWith, subsetsOf, uniform } from './spoil';

export type Fuse = (rows: readonly FusionRow[], conditions: readonly Condition[]) => Promise<readonly (readonly Fused[])[]>;

export interface SubsetScore {
  readonly senses: readonly string[];
  readonly kind: FusionKind;
  readonly summary: Summary;
}

/** What becomes of the answer when one sense fails. Differences in accuracy. */
export interface Robustness {
  readonly source: string;
  /** Rows in which it speaks beside another. */
  readonly n: number;
  /** Without it, against with it. */
  readonly removed: Difference;
  /** It tells of another moment with a poor signal, against without it. */
  readonly noise: Difference;
  /** It is stuck at another moment's word, of a good signal, for so much of its fading: against without it. */
  readonly stuck: readonly { readonly share: number; readonly ageMs: number; readonly loss: Difference }[];
  /** Largest difference of a probability to that without it: past its time, and when it says nothing. */
  readonly faded: number;
  readonly uniform: number;
}

export interface Ablation {
  readonly n: number;
  readonly subsets: readonly SubsetScore[];
  readonly robustness: readonly Robustness[];
}

/** The poorest signal that is still measured. */
export const POOR = 0.1;
const SHARES = [0, 0.5, 0.75] as const;

/** Every subset of senses and every kind, and what becomes of one kind when a sense fails. */
export async function ablate(rows: readonly FusionRow[], kind: FusionKind, fuse: Fuse): Promise<Ablation> {
  const sources = sourcesIn(rows);
  const subsets: SubsetScore[] = [];
  for (const senses of subsetsOf(sources)) subsets.push(...(await scoreSubset(rowsWith(rows, senses), senses, fuse)));
  const robustness: Robustness[] = [];
  for (const source of sources) {
    const beside = rowsWith(rows, [source]).filter(({ words }) => words.length > 1);
    if (beside.length > 0) robustness.push(await fail(beside, source, kind, fuse));
  }
  return { n: rows.length, subsets, robustness };
}

async function scoreSubset(rows: readonly FusionRow[], senses: readonly string[], fuse: Fuse): Promise<readonly SubsetScore[]> {
  if (rows.length === 0) return [];
  const answers = await fuse(
    rows,
    FUSION_KINDS.map((kind) => ({ kind, kept: senses })),
  );
  return FUSION_KINDS.map((kind, i) => ({ senses, kind, summary: score(rows, answers[i] ?? []) }));
}

async function fail(rows: readonly FusionRow[], source: string, kind: FusionKind, fuse: Fuse): Promise<Robustness> {
  const ask = async (asked: readonly FusionRow[], kept: readonly string[] | null = null) => (await fuse(asked, [{ kind, kept }]))[0] ?? [];
  const others = sourcesIn(rows).filter((one) => one !== source);
  const [whole, gone] = [await ask(rows), await ask(rows, others)];
  const noisy = await ask(misled(rows, source, seededRandom(1), { quality: POOR }));
  const stuck = [];
  for (const share of SHARES) {
    const ageMs = ageAt(source, share);
    const told = await ask(misled(rows, source, seededRandom(1), { ageMs }));
    stuck.push({ share, ageMs, loss: difference(rows, told, gone) });
  }
  return {
    source,
    n: rows.length,
    removed: difference(rows, gone, whole),
    noise: difference(rows, noisy, gone),
    stuck,
    faded: farthest(await ask(misled(rows, source, seededRandom(1), { ageMs: ageAt(source, 1) })), gone),
    uniform: farthest(await ask(uniform(rows, source)), gone),
  };
}
