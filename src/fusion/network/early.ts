import { EMOTIONS } from '../../core/emotion';
import { addSeven, NOTHING } from '../distribution';
import type { Network } from './attention';
import { dense, relu } from './dense';
import { ENCODED, FEATURES } from './token';
import type { Weights } from './weights';

/**
 * One network over all tokens side by side, an absent sense being zeros; flat when there is no evidence at all.
 * `EarlyFusion` in training/fusion/model.py, with the temperature in. Its gates are all 0: everything is correction.
 */
export function createEarly(weights: Weights): Network {
  const at = (name: string, ...shape: number[]) => weights.tensor(`early.${name}`, ...shape);
  const inputs = ENCODED.length * (FEATURES + 1);
  const [wide, narrow] = [weights.size('early.first.bias', 0), weights.size('early.second.bias', 0)];
  const [first, firstBias] = [at('first.weight', wide, inputs), at('first.bias', wide)];
  const [second, secondBias] = [at('second.weight', narrow, wide), at('second.bias', narrow)];
  const [last, lastBias] = [at('last.weight', EMOTIONS.length, narrow), at('last.bias', EMOTIONS.length)];
  const temperature = weights.scalar('early.temperature');

  return (tokens) => {
    const known = ENCODED.map((source) => tokens.find((token) => token.source === source));
    const evidences = known.map((token) => token?.evidence ?? 0);
    const rows = known.flatMap((token, m) => {
      const evidence = evidences[m] ?? 0;
      return [...Array.from({ length: FEATURES }, (_, i) => (token?.features[i] ?? 0) * evidence), evidence];
    });
    const deep = relu(dense(second, secondBias, relu(dense(first, firstBias, rows))));
    const most = Math.max(...evidences);
    const total = evidences.reduce((a, b) => a + b, 0);
    const told = known.flatMap((token, m) =>
      token && (evidences[m] ?? 0) > 0 ? [[token.source, (evidences[m] ?? 0) / total] as const] : [],
    );
    return {
      correction: addSeven(NOTHING, dense(last, lastBias, deep), most / temperature),
      gates: new Map(told.map(([source]) => [source, 0])),
      attention: new Map(told),
    };
  };
}
