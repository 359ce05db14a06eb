import { expect, test } from 'vitest';
import type { FusionRow, Word } from '../../../../evaluation/fusion/fusionRow';
import { fuseRows } from '../../../../evaluation/fusion/fuseRows';
import { alone, difference, farthest, resultRows, score } from '../../../../evaluation/fusion/score';
import { FUSION_KINDS } from '../../../../src/core/fusion';
import { openShipped } from '../../fusion/network/fusionModel';
import golden from '../../../golden/fusion-network.json';

const network = openShipped();
const still = () => 0;
const word = (source: string, p: readonly number[], given: Partial<Word> = {}): Word => ({
  source,
  p,
  affect: null,
  confidence: null,
  quality: 1,
  ageMs: 0,
  isPeople: false,
  ...given,
});
const row = (words: readonly Word[], given: Partial<FusionRow> = {}): FusionRow => ({
  label: 'happiness',
  group: null,
  by: null,
  session: null,
  atMs: 0,
  words,
  ...given,
});
const HAPPY = [0.1, 0.7, 0.04, 0.04, 0.04, 0.04, 0.04];
const ANGRY = [0.1, 0.04, 0.04, 0.7, 0.04, 0.04, 0.04];
const ALL = { kept: null };
const softmax = (z: readonly number[]) => {
  const powers = z.map((value) => Math.exp(value - Math.max(...z)));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
};

/** The trainer's clips of face and voice, fresh, of a good signal, as a manifest would hold them; texts enter behind the networks. */
const clips = golden.rows
  .filter(({ senses: { face, voice, text } }) => face && voice && !text && [face, voice].every((s) => s.quality === 1 && s.freshness === 1))
  .map(({ senses, logits }) => ({
    logits,
    row: row(Object.entries(senses).map(([source, sense]) => word(source, sense.probabilities))),
  }));

test.each(['attention', 'early', 'late'] as const)('%s says of real clips what the trainer says', (kind) => {
  const answers = fuseRows(
    clips.map((clip) => clip.row),
    { kind, ...ALL },
    network,
    still,
  );
  expect(clips.length).toBeGreaterThan(1);
  clips.forEach(({ logits }, i) => softmax(logits[kind]).forEach((value, k) => expect(answers[i]?.p[k]).toBeCloseTo(value, 3)));
});

test('the words of people are told apart, for the networks', () => {
  const [model, people] = [false, true].map((isPeople) => row([word('face', HAPPY, { isPeople }), word('voice', ANGRY, { isPeople })]));
  if (!model || !people) throw new Error('no rows');
  for (const kind of FUSION_KINDS) {
    const [one = null] = fuseRows([model], { kind, ...ALL }, network, still);
    const [other = null] = fuseRows([people], { kind, ...ALL }, network, still);
    if (kind === 'late') expect(farthest([one], [other])).toBe(0);
    else expect(farthest([one], [other])).toBeGreaterThan(0.001);
  }
});

test('a session goes on: a silent sense keeps its last word until it has faded; a row without a session stands alone', () => {
  const rows = [
    row([word('face', ANGRY), word('voice', HAPPY)], { session: 'a', atMs: 0 }),
    row([word('face', ANGRY)], { session: 'a', atMs: 1000 }),
    row([word('face', ANGRY)], { session: 'a', atMs: 60_000 }),
    row([word('face', ANGRY)]),
  ];
  const answers = fuseRows(rows, { kind: 'late', ...ALL }, null, still);
  expect(farthest(answers.slice(0, 1), answers.slice(1, 2))).toBeLessThan(1e-12);
  expect(farthest(answers.slice(2, 3), answers.slice(3))).toBeLessThan(1e-12);
  expect(farthest(answers.slice(0, 1), answers.slice(3))).toBeGreaterThan(0.1);
});

test('the minutes before speak in a session, where there is a network', () => {
  const before = Array.from({ length: 20 }, (_, i) => row([word('face', ANGRY)], { session: 'a', atMs: 1000 * i }));
  const now = row([word('face', [0.2, 0.3, 0.1, 0.25, 0.05, 0.05, 0.05])], { session: 'a', atMs: 21_000 });
  const answers = fuseRows([...before, now, { ...now, session: null }], { kind: 'attention', ...ALL }, network, still);
  const angry = (i: number) => answers[i]?.p[3] ?? NaN;
  expect(angry(20)).toBeGreaterThan(angry(21));
});

test('senses left out are not there; nothing left is no answer, which counts as wrong', () => {
  const rows = [row([word('face', HAPPY), word('voice', ANGRY)])];
  const fuse = (kept: readonly string[] | null) => fuseRows(rows, { kind: 'late', kept }, null, still);
  expect(fuse(['face'])[0]?.p[1]).toBeGreaterThan(0.6);
  expect(fuse(['text'])).toEqual([null]);
  expect(resultRows(rows, [null])[0]).toMatchObject({ predicted: null, reason: 'no sense says anything' });
  expect(score(rows, fuse(['text']))).toMatchObject({ n: 1, unreadable: 1, accuracy: 0 });
  expect(alone(rows, 'voice')[0]?.p).toBe(ANGRY);
  expect(alone(rows, 'text')).toEqual([null]);
  expect(farthest([null], fuse(['face']))).toBeNaN();
});

test('what one way gains over another: nothing over itself, all over always wrong, by whole persons', () => {
  const rows = Array.from({ length: 12 }, (_, i) => row([word('face', i < 6 ? HAPPY : ANGRY)], { group: i < 6 ? 'ann' : 'ben' }));
  const told = fuseRows(rows, { kind: 'late', ...ALL }, null, still);
  expect(difference(rows, told, told)).toEqual({ mean: 0, low: 0, high: 0 });
  const wrong = rows.map(() => null);
  expect(difference(rows, told, wrong)).toEqual({ mean: 0.5, low: 0, high: 1 });
});
