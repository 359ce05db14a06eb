import { expect, test } from 'vitest';
import { transitionLine } from '../../../src/ui/journal/transitionWords';
import { ANCHORS } from '../../../src/ui/words/mood';

test('a change of mood is told by its words', () => {
  expect(transitionLine(ANCHORS.sadness, ANCHORS.calm, false)).toBe('Your mood changed from sad to calm');
  expect(transitionLine(ANCHORS.calm, ANCHORS.anger, true)).toBe('The demo listener’s mood changed from calm to angry');
});

test('within one word, by its larger axis', () => {
  const calm = ANCHORS.calm;
  expect(transitionLine(calm, { ...calm, valence: calm.valence + 0.3 }, false)).toBe('Your mood became more pleasant');
  expect(transitionLine(calm, { ...calm, arousal: calm.arousal - 0.3 }, false)).toBe('Your mood became calmer');
});
