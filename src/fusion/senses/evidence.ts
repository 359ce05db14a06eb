import type { EmotionEstimate } from '../../core/emotion';
import type { FusionKind } from '../../core/fusion';
import type { EpochMs, UnitInterval } from '../../core/units';
import { addSeven, lengthOf, NOTHING, type Seven } from '../distribution';
import { fusionWeights } from './pool';
import type { Answer } from '../network/attention';
import type { FusionNetwork } from '../network/network';
import { tokenOf, type Token } from '../network/token';

/** Log-odds of the seven, told apart by where they come from; their sum is the answer. */
export interface Evidence {
  /** What no single sense is answerable for. */
  readonly shared: Seven;
  readonly bySource: ReadonlyMap<string, Seven>;
  /** Whose doing the shared part is, by source. */
  readonly sharedBy: ReadonlyMap<string, UnitInterval>;
}

/** One sense's last word and what late fusion makes of it. */
export interface Heard {
  readonly estimate: EmotionEstimate;
  readonly token: Token;
  /** Exponent in the log-linear pool. */
  readonly weight: UnitInterval;
}

/** @param estimates the last word of each sense, one each */
export function hear(estimates: readonly EmotionEstimate[], now: EpochMs): readonly Heard[] {
  const weights = fusionWeights(estimates, now);
  return estimates.map((estimate, i) => ({ estimate, token: tokenOf(estimate, now), weight: weights[i] ?? 0 }));
}

/**
 * Senses that the network met together on real people. Texts it met only in made-up pairs, and what it learnt of them there turned a
 * glad entry that stood alone into a neutral one (decision 0016).
 */
const LEARNT: readonly string[] = ['face', 'voice'];
const isLearnt = ({ token }: Heard): boolean => LEARNT.includes(token.source);
const times = (logs: Seven, factor: number): Seven => addSeven(NOTHING, logs, factor);
const pooled = (heard: readonly Heard[]): [string, Seven][] => heard.map(({ token, weight }) => [token.source, times(token.logs, weight)]);

/** Senses that the network did not learn from people enter behind it, as in late fusion. */
function behind(heard: readonly Heard[], answer: Answer): Evidence {
  const gated = heard
    .filter(isLearnt)
    .map(({ token }): [string, Seven] => [token.source, times(token.logs, answer.gates.get(token.source) ?? 0)]);
  return {
    shared: answer.correction,
    bySource: new Map([...gated, ...pooled(heard.filter((one) => !isLearnt(one)))]),
    sharedBy: answer.attention,
  };
}

/** Attention's share in the hybrid, chosen on dev people; the same number stands in training/fusion/config.py. */
const ATTENTION_SHARE = 0.8;

/** The mean of both networks, attention counting ATTENTION_SHARE: everything in an answer adds up. */
function hybrid(attention: Answer, early: Answer): Answer {
  const mean = (one: number, other: number) => ATTENTION_SHARE * one + (1 - ATTENTION_SHARE) * other;
  const bySource = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>) =>
    new Map([...new Set([...one.keys(), ...other.keys()])].map((source) => [source, mean(one.get(source) ?? 0, other.get(source) ?? 0)]));
  return {
    correction: attention.correction.map((value, k) => mean(value, early.correction[k] ?? 0)),
    gates: bySource(attention.gates, early.gates),
    attention: bySource(attention.attention, early.attention),
  };
}

/** The kind that can run: without a network only the late one. */
export const runnableKind = (kind: FusionKind, network: FusionNetwork | null): FusionKind => (network ? kind : 'late');

/** What the senses together say, before the past and the person come in. */
export function gatherEvidence(heard: readonly Heard[], kind: FusionKind, network: FusionNetwork | null): Evidence {
  const tokens = heard.filter(isLearnt).map(({ token }) => token);
  if (network && kind === 'attention') return behind(heard, network.attention(tokens));
  if (network && kind === 'early') return behind(heard, network.early(tokens));
  if (network && kind === 'hybrid') return behind(heard, hybrid(network.attention(tokens), network.early(tokens)));
  return { shared: NOTHING, bySource: new Map(pooled(heard)), sharedBy: new Map() };
}

export const totalOf = ({ shared, bySource }: Pick<Evidence, 'shared' | 'bySource'>): Seven =>
  [...bySource.values()].reduce((sum, logs) => addSeven(sum, logs), shared);

/** What rounding leaves of nothing. */
const LEAST = 1e-6;

/** 0 for a sense that is blind on both axes of the mood plane, 2 for one that is certain. */
const sightOf = ({ affect }: EmotionEstimate): number => Math.max(0, 1 - affect.valenceSd) + Math.max(0, 1 - affect.arousalSd);

/** How far a sense moves the answer: the length of what it adds to the log-odds, and what it knows of the plane. */
export function strengthOf({ estimate, token, weight }: Heard, { shared, bySource, sharedBy }: Evidence): number {
  const own = lengthOf(bySource.get(token.source) ?? NOTHING) + (sharedBy.get(token.source) ?? 0) * lengthOf(shared);
  const strength = own + weight * sightOf(estimate);
  return token.freshness === 0 || strength < LEAST ? 0 : strength;
}
