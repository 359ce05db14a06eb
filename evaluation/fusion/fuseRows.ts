import { affectOf } from '../../src/core/circumplex';
import type { EmotionEstimate } from '../../src/core/emotion';
import type { EstimateId } from '../../src/core/units';
import { fromSeven, toSeven } from '../../src/fusion/distribution';
import { fuseMoment } from '../../src/fusion/fuse';
import type { Remembered } from '../../src/fusion/memory';
import type { Network } from '../../src/fusion/network/attention';
import type { FusionNetwork } from '../../src/fusion/network/network';
import type { Token } from '../../src/fusion/network/token';
import type { Condition, Fused, FusionRow, Word } from './fusionRow';

/** The last of a token's features: who speaks. The product's own senses are all models; a manifest may hold the words of people. */
const WHO = 14;
const saidByPeople = (token: Token): Token => ({ ...token, features: token.features.map((value, i) => (i === WHO ? 1 : value)) });

/** The same network, told which of a row's words are people's. */
function among(network: FusionNetwork, words: readonly Word[]): FusionNetwork {
  const people = new Set(words.filter(({ isPeople }) => isPeople).map(({ source }) => source));
  if (people.size === 0) return network;
  const wrap =
    (one: Network): Network =>
    (tokens) =>
      one(tokens.map((token) => (people.has(token.source) ? saidByPeople(token) : token)));
  return { ...network, attention: wrap(network.attention), early: wrap(network.early) };
}

function estimateFrom({ source, p, affect, confidence, quality, ageMs }: Word, now: number): EmotionEstimate {
  const probabilities = fromSeven(p);
  return {
    id: `${source}-${now}` as EstimateId,
    source,
    at: now - ageMs,
    windowMs: 0,
    probabilities,
    affect: affect ?? affectOf(probabilities),
    confidence: confidence ?? Math.max(...p),
    signalQuality: quality,
    latencyMs: 0,
    models: [],
  };
}

/** What is known of a session: the last word of each sense, and what fusion remembers. */
interface Session {
  readonly words: ReadonlyMap<string, Word>;
  readonly estimates: ReadonlyMap<string, EmotionEstimate>;
  readonly memory: readonly Remembered[];
}

const NEW: Session = { words: new Map(), estimates: new Map(), memory: [] };

function join(session: Session, words: readonly Word[], now: number): Session {
  return {
    words: new Map([...session.words, ...words.map((word) => [word.source, word] as const)]),
    estimates: new Map([...session.estimates, ...words.map((word) => [word.source, estimateFrom(word, now)] as const)]),
    memory: session.memory,
  };
}

/**
 * The product's own fusion of each row. Rows of a session are one stretch of time: a sense that says nothing in a row keeps its last
 * word, which fades, and the minutes before speak too.
 * @param network null: late fusion only, as in a build without the model
 * @param clock ms
 */
export function fuseRows(
  rows: readonly FusionRow[],
  { kind, kept }: Condition,
  network: FusionNetwork | null,
  clock: () => number,
): readonly Fused[] {
  const sessions = new Map<string, Session>();
  return rows.map((row): Fused => {
    const words = row.words.filter(({ source }) => kept === null || kept.includes(source));
    const now = row.atMs;
    const known = join((row.session !== null && sessions.get(row.session)) || NEW, words, now);
    const from = clock();
    const fused = fuseMoment(
      { now, simulated: false, estimates: [...known.estimates.values()], silent: new Map() },
      {
        kind,
        network: network && among(network, [...known.words.values()]),
        leftOut: new Set(),
        calibration: null,
        memory: known.memory,
      },
    );
    const tookMs = clock() - from;
    if (row.session !== null) sessions.set(row.session, { ...known, memory: fused?.memory ?? [] });
    if (!fused) return null;
    const { probabilities, confidence, affect, signalQuality } = fused.state.estimate;
    return { p: toSeven(probabilities), confidence, valence: affect.valence, arousal: affect.arousal, quality: signalQuality, tookMs };
  });
}
