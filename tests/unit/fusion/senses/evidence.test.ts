import { expect, test } from 'vitest';
import { EMOTIONS } from '../../../../src/core/emotion';
import { softmax, topOf, toSeven } from '../../../../src/fusion/distribution';
import { gatherEvidence, hear, totalOf } from '../../../../src/fusion/senses/evidence';
import { estimateOf } from '../estimates';
import { openShipped } from '../network/fusionModel';

const network = openShipped();
const NOW = 10_000;
const heard = hear(
  [estimateOf('face', NOW, { happiness: 0.7 }), estimateOf('voice', NOW, { anger: 0.5 }), estimateOf('physiology', NOW, { fear: 0.3 })],
  NOW,
);
const total = (kind: 'hybrid' | 'attention' | 'early', of = heard) => totalOf(gatherEvidence(of, kind, network));

test('the hybrid is four fifths attention and one fifth early, and the heart counts once', () => {
  const [attention, early] = [total('attention'), total('early')];
  total('hybrid').forEach((value, k) => expect(value).toBeCloseTo(0.8 * (attention[k] ?? NaN) + 0.2 * (early[k] ?? NaN), 9));
});

test('who answers for the shared part: shares that sum to at most 1, none of a sense outside the networks', () => {
  const { sharedBy } = gatherEvidence(heard, 'hybrid', network);
  expect([...sharedBy.keys()].sort()).toEqual(['face', 'voice']);
  expect([...sharedBy.values()].reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1);
});

test('a flat voice changes nothing in the hybrid', () => {
  const face = estimateOf('face', NOW, { happiness: 0.7 });
  const alone = total('hybrid', hear([face], NOW));
  total('hybrid', hear([face, estimateOf('voice', NOW)], NOW)).forEach((value, k) => expect(value).toBeCloseTo(alone[k] ?? NaN, 9));
});

test.each(['attention', 'early', 'hybrid'] as const)('what is written and stands alone passes unchanged (%s)', (kind) => {
  for (const emotion of EMOTIONS) {
    const text = estimateOf('text', NOW, { [emotion]: 0.5 });
    softmax(total(kind, hear([text], NOW))).forEach((p, k) => expect(p).toBeCloseTo(toSeven(text.probabilities)[k] ?? NaN, 9));
  }
});

test.each(['face', 'voice'])('a clear %s that stands alone keeps its word', (sense) => {
  for (const kind of ['attention', 'early', 'hybrid'] as const)
    for (const emotion of EMOTIONS) {
      const log = total(kind, hear([estimateOf(sense, NOW, { [emotion]: 0.6 })], NOW));
      expect(EMOTIONS[topOf(log)]).toBe(emotion);
    }
});
