import { addSeven, NOTHING, type Seven } from '../distribution';
import { dense, denseTransposed, relu, sigmoid } from './dense';
import { ENCODED, FEATURES, type Token } from './token';
import type { Weights } from './weights';

/** What a network makes of the tokens of one moment. */
export interface Answer {
  /** [7] log-odds beyond each sense's own: all zero when no token has evidence. */
  readonly correction: Seven;
  /** By source: the factor of its centred log-probabilities; 0 without evidence. */
  readonly gates: ReadonlyMap<string, number>;
  /** By source: its share in the correction; the rest of 1 is the learned nothing. */
  readonly attention: ReadonlyMap<string, number>;
}

export type Network = (tokens: readonly Token[]) => Answer;

const LEAST = 1e-6;
const EMOTIONS_COUNT = 7;

interface Encoded {
  readonly token: Token;
  readonly code: number[];
  /** One score for each head. */
  readonly scores: number[];
}

function softmaxOf(scores: readonly number[]): number[] {
  const peak = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - peak));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}

/**
 * Attention over the senses and a learned nothing (which an absent sense leaves its place to), gates on their log-probabilities,
 * and a bounded correction: logits = Σ gate·logs + correction. `AttentionFusion` in training/fusion/model.py, with the
 * temperature in.
 */
export function createAttention(weights: Weights): Network {
  const at = (name: string, ...shape: number[]) => weights.tensor(`attention.${name}`, ...shape);
  const [width, heads] = [weights.size('attention.encode.bias', 1), weights.size('attention.nothing', 0)];
  const hidden = weights.size('attention.mix.bias', 0);
  const [encode, encodeBias] = [at('encode.weight', ENCODED.length, FEATURES, width), at('encode.bias', ENCODED.length, width)];
  const [score, scoreBias, nothing] = [at('score.weight', heads, width), at('score.bias', heads), at('nothing', heads)];
  const value = at('value.weight', heads * width, width);
  const [mix, mixBias] = [at('mix.weight', hidden, heads * width), at('mix.bias', hidden)];
  const [gate, gateBias] = [at('gate.weight', 1, width + hidden), at('gate.bias', 1)];
  const [correct, correctBias] = [at('correct.weight', EMOTIONS_COUNT, hidden), at('correct.bias', EMOTIONS_COUNT)];
  const [most, temperature] = [weights.scalar('attention.correction'), weights.scalar('attention.temperature')];

  const encodeToken = (token: Token): Encoded => {
    const sense = (ENCODED as readonly string[]).indexOf(token.source);
    const size = FEATURES * width;
    const weight = encode.subarray(sense * size, (sense + 1) * size);
    const code = relu(denseTransposed(weight, encodeBias.subarray(sense * width, (sense + 1) * width), token.features));
    const logEvidence = Math.log(token.evidence);
    return { token, code, scores: dense(score, scoreBias, code).map((s) => s + logEvidence) };
  };

  return (tokens) => {
    const encoded = tokens.filter((t) => t.evidence > LEAST && (ENCODED as readonly string[]).includes(t.source)).map(encodeToken);
    // [heads][senses + 1], the last being the learned nothing
    const shares = Array.from(nothing, (empty, head) => softmaxOf([...encoded.map(({ scores }) => scores[head] ?? 0), empty]));
    const values = encoded.map(({ code }) => dense(value, null, code));
    const gathered = Array.from({ length: heads * width }, (_, i) => {
      const share = shares[Math.floor(i / width)];
      return values.reduce((sum, v, m) => sum + (share?.[m] ?? 0) * (v[i] ?? 0), 0);
    });
    const deep = relu(dense(mix, mixBias, gathered));
    const attentionOf = (m: number) => shares.reduce((sum, share) => sum + (share[m] ?? 0), 0) / heads;
    const known = encoded.reduce((sum, _, m) => sum + attentionOf(m), 0);
    const raw = dense(correct, correctBias, deep).map((c) => (most * Math.tanh(c) * known) / temperature);
    return {
      correction: addSeven(NOTHING, raw),
      gates: new Map(
        encoded.map(({ token, code }) => [
          token.source,
          (2 * sigmoid(dense(gate, gateBias, [...code, ...deep])[0] ?? 0) * token.evidence) / temperature,
        ]),
      ),
      attention: new Map(encoded.map(({ token }, m) => [token.source, attentionOf(m)])),
    };
  };
}
