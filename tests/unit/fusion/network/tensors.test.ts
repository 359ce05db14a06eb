import { expect, test } from 'vitest';
import { graphAnswers, graphInputs, runWrittenOut } from '../../../../src/fusion/network/tensors';
import { tokenOf } from '../../../../src/fusion/network/token';
import { estimateOf } from '../estimates';
import { openShipped } from './fusionModel';

const network = openShipped();
const NOW = 10_000;
const face = tokenOf(estimateOf('face', NOW, { happiness: 0.7 }), NOW);
const voice = tokenOf(estimateOf('voice', NOW, { anger: 0.5 }), NOW);
const heart = tokenOf(estimateOf('physiology', NOW, { anger: 0.5 }), NOW);

test('what goes through tensors is what the networks say themselves', () => {
  const moments = [[face, voice], [voice], [], [heart, face]];
  const inputs = graphInputs(moments);
  const answers = graphAnswers(inputs, runWrittenOut(network, inputs));
  expect(answers).toHaveLength(4);
  answers.forEach((answer, i) => {
    for (const kind of ['attention', 'early'] as const) {
      const wanted = network[kind](moments[i] ?? []);
      answer[kind].correction.forEach((value, k) => expect(value).toBeCloseTo(wanted.correction[k] ?? NaN, 4));
      expect([...answer[kind].gates.keys()].sort()).toEqual([...wanted.gates.keys()].sort());
      for (const [source, share] of wanted.attention) expect(answer[kind].attention.get(source)).toBeCloseTo(share, 5);
    }
  });
});
