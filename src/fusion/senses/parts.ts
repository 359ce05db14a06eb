import type { EmotionEstimate } from '../../core/emotion';
import type { FusedPart, SilenceReason } from '../../core/fusion';
import type { EpochMs, UnitInterval } from '../../core/units';
import { strengthOf, type Evidence, type Heard } from './evidence';

/** What is known at one moment. */
export interface Moment {
  readonly now: EpochMs;
  readonly simulated: boolean;
  /** The last word of each sense, one each. */
  readonly estimates: readonly EmotionEstimate[];
  /** Senses that say nothing now, and why; one that has an estimate as well speaks until that has faded. */
  readonly silent: ReadonlyMap<string, SilenceReason>;
}

/** Senses that count, and their shares in the answer. */
export interface Weighed {
  readonly heard: readonly Heard[];
  /** By source; they sum to 1, or are all 0. */
  readonly shares: ReadonlyMap<string, UnitInterval>;
  /** Sum of the strengths that the shares are parts of; 0 when nothing is known. */
  readonly strength: number;
}

export function weigh(heard: readonly Heard[], evidence: Evidence): Weighed {
  const strengths = heard.map((one) => strengthOf(one, evidence));
  const strength = strengths.reduce((a, b) => a + b, 0);
  return {
    heard,
    strength,
    shares: new Map(heard.map(({ token }, i) => [token.source, strength > 0 ? (strengths[i] ?? 0) / strength : 0])),
  };
}

function silenceOf({ silent }: Moment, source: string, isLeftOut: boolean, heard: Heard | undefined): SilenceReason {
  if (isLeftOut) return 'left-out';
  if (!heard) return silent.get(source) ?? 'off';
  return heard.token.freshness > 0 ? 'uninformative' : (silent.get(source) ?? 'stale');
}

/**
 * Every sense asked, in the order of their ids.
 * @param decides whether the label would be another one without this sense alone
 */
export function partsOf(
  moment: Moment,
  leftOut: ReadonlySet<string>,
  { heard, shares }: Weighed,
  decides: (source: string) => boolean,
): readonly FusedPart[] {
  const sources = [...new Set([...moment.estimates.map(({ source }) => source), ...moment.silent.keys()])].sort();
  return sources.map((source): FusedPart => {
    const estimate = moment.estimates.find((one) => one.source === source);
    const one = heard.find(({ token }) => token.source === source);
    const weight = shares.get(source) ?? 0;
    return {
      source,
      weight,
      silence: weight > 0 ? null : silenceOf(moment, source, leftOut.has(source), one),
      freshness: one?.token.freshness ?? 0,
      ageMs: estimate ? Math.max(0, moment.now - estimate.at) : null,
      signalQuality: estimate?.signalQuality ?? 0,
      isDecisive: weight > 0 && decides(source),
    };
  });
}
