import { expect, test } from 'vitest';
import { ablate } from '../../../../../evaluation/fusion/ablate/ablate';
import { sectionOf } from '../../../../../evaluation/fusion/ablate/markdown';
import { ageAt, misled, rowsWith, subsetsOf, uniform } from '../../../../../evaluation/fusion/ablate/spoil';
import type { FusionRow, Word } from '../../../../../evaluation/fusion/fusionRow';
import { fuseRows } from '../../../../../evaluation/fusion/fuseRows';
import { EMOTIONS } from '../../../../../src/core/emotion';
import { seededRandom } from '../../../../../src/core/random';
import { openShipped } from '../../../fusion/network/fusionModel';

const network = openShipped();

/** A made-up world: the face is always right and the voice half of the time; whoever is silent about a row is not in it. */
const rows: readonly FusionRow[] = Array.from({ length: 56 }, (_, i) => {
  const truth = i % EMOTIONS.length;
  const word = (source: string, top: number): Word => ({
    source,
    p: EMOTIONS.map((_one, k) => (k === top ? 0.7 : 0.05)),
    affect: null,
    confidence: null,
    quality: 1,
    ageMs: 0,
    isPeople: false,
  });
  const words = [word('face', truth), ...(i < 49 ? [word('voice', i % 2 === 0 ? truth : (truth + 1) % EMOTIONS.length)] : [])];
  return { label: EMOTIONS[truth] ?? '', group: `person ${i % 4}`, by: null, session: null, atMs: 0, words };
});

test('every subset, the largest first', () => {
  expect(subsetsOf(['a', 'b', 'c'])).toEqual([['a', 'b', 'c'], ['a', 'b'], ['a', 'c'], ['b', 'c'], ['a'], ['b'], ['c']]);
  expect(rowsWith(rows, ['face', 'voice'])).toHaveLength(49);
});

test('a sense that is misled keeps its words and loses their order', () => {
  const both = rowsWith(rows, ['voice']);
  const spoilt = misled(both, 'voice', seededRandom(1), { quality: 0.1 });
  const tops = (of: readonly FusionRow[], source: string) =>
    of.map(({ words }) => words.find((word) => word.source === source)?.p.indexOf(0.7));
  expect(tops(spoilt, 'voice')).not.toEqual(tops(both, 'voice'));
  expect(tops(spoilt, 'voice').toSorted()).toEqual(tops(both, 'voice').toSorted());
  expect(tops(spoilt, 'face')).toEqual(tops(both, 'face'));
  expect(spoilt.flatMap(({ words }) => words.filter(({ source }) => source === 'voice')).every(({ quality }) => quality === 0.1)).toBe(
    true,
  );
  expect(uniform(both, 'voice')[0]?.words[1]?.p[3]).toBeCloseTo(1 / 7);
  expect([ageAt('face', 0), ageAt('face', 1), ageAt('a sense of others', 1)]).toEqual([1500, 10_000, 30_000]);
});

test('the table of a made-up world, by the weights that ship', { timeout: 60_000 }, async () => {
  const found = await ablate(rows, 'hybrid', async (asked, conditions) => conditions.map((one) => fuseRows(asked, one, network, () => 0)));
  expect(found.subsets).toHaveLength(3 * 4);
  const accuracy = (senses: string, kind: string) =>
    found.subsets.find((one) => one.senses.join() === senses && one.kind === kind)?.summary.accuracy;
  expect(accuracy('face', 'late')).toBe(1);
  expect(accuracy('voice', 'late')).toBeCloseTo(25 / 49);
  for (const { source, n, faded, uniform: blank, stuck } of found.robustness) {
    expect(n).toBe(49);
    expect(faded).toBeLessThan(1e-9);
    expect(blank).toBeLessThan(1e-9);
    expect(stuck.map(({ ageMs }) => ageMs / 1000)).toEqual(source === 'face' ? [1.5, 5.75, 7.875] : [3, 11.5, 15.75]);
  }
  const text = sectionOf('made up', found, 'hybrid');
  expect(text).toContain('## made up, n 56');
  expect(text).toContain('| face | late | 56 | 100.0 (100.0–100.0) | 100.0 |');
  expect(text.split('\n').filter((line) => line.includes('**hybrid**'))).toHaveLength(3);
});
