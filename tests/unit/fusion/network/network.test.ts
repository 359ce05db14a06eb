import { describe, expect, test } from 'vitest';
import { addSeven, NOTHING } from '../../../../src/fusion/distribution';
import type { Answer } from '../../../../src/fusion/network/attention';
import { ENCODED, tokenOf, type Token } from '../../../../src/fusion/network/token';
import { estimateFrom, goldenRows, openShipped, type GoldenRow } from './fusionModel';

const network = openShipped();
const NOW = 1_000_000;

/** Tokens with the golden row's own freshness: an age that gives it exactly would be rounded to milliseconds. */
function tokensOf({ senses }: GoldenRow): Token[] {
  return Object.entries(senses).map(([source, sense]) => {
    const token = tokenOf(estimateFrom(source, sense, NOW), NOW);
    const features = token.features.map((value, i) => (i === 13 ? sense.freshness : value));
    return { ...token, features, freshness: sense.freshness, evidence: token.evidence * sense.freshness };
  });
}

const close = (got: readonly number[], wanted: readonly number[], digits = 4) => {
  expect(got).toHaveLength(wanted.length);
  got.forEach((value, i) => expect(value).toBeCloseTo(wanted[i] ?? NaN, digits));
};
const bySense = (values: ReadonlyMap<string, number>) => ENCODED.map((source) => values.get(source) ?? 0);
const total = (tokens: readonly Token[], { correction, gates }: Answer) =>
  tokens.reduce((sum, { source, logs }) => addSeven(sum, logs, gates.get(source) ?? 0), correction);

describe.each(goldenRows().map((row, i) => [i, row] as const))('real clip %i, as PyTorch has it', (_, row) => {
  const tokens = tokensOf(row);

  test('features and evidence of every token', () => {
    for (const token of tokens) {
      close(token.features, row.senses[token.source]?.features ?? []);
      expect(token.evidence).toBeCloseTo(row.senses[token.source]?.evidence ?? NaN, 4);
    }
  });

  test('the attention network: correction, gates, attention, and their sum', () => {
    const answer = network.attention(tokens);
    close(answer.correction, row.correction);
    close(bySense(answer.gates), row.gates);
    close(bySense(answer.attention), row.attention);
    close(total(tokens, answer), row.logits.attention);
  });

  test('the early network', () => {
    close(network.early(tokens).correction, row.early);
    close(total(tokens, network.early(tokens)), row.logits.early);
  });
});

describe('by construction', () => {
  const rows = goldenRows().filter(({ senses }) => senses['face'] && senses['voice']);
  const withFlat = (row: GoldenRow, source: string): GoldenRow => {
    const sense = row.senses[source];
    return sense ? { ...row, senses: { ...row.senses, [source]: { ...sense, probabilities: Array<number>(7).fill(1 / 7) } } } : row;
  };
  const without = ({ senses, ...row }: GoldenRow, source: string): GoldenRow => ({
    ...row,
    senses: Object.fromEntries(Object.entries(senses).filter(([one]) => one !== source)),
  });

  test('there are clips with both senses', () => expect(rows.length).toBeGreaterThan(5));

  test.each(['face', 'voice'])('a flat %s changes nothing', (source) => {
    for (const row of rows) {
      const [flat, gone] = [tokensOf(withFlat(row, source)), tokensOf(without(row, source))];
      for (const kind of ['attention', 'early'] as const) close(total(flat, network[kind](flat)), total(gone, network[kind](gone)), 9);
    }
  });

  test('without any sense both say nothing', () => {
    expect(network.attention([]).correction).toEqual(NOTHING.map((zero) => expect.closeTo(zero, 12)));
    expect(network.early([]).correction).toEqual(NOTHING.map((zero) => expect.closeTo(zero, 12)));
  });

  test('a sense of no network (a heart, a clock) is passed over', () => {
    const [row] = rows;
    if (!row) throw new Error('no golden row');
    const tokens = tokensOf(row);
    const stranger = { ...(tokens[0] as Token), source: 'physiology' };
    expect(network.attention([...tokens, stranger])).toEqual(network.attention(tokens));
  });

  test('the order of the senses changes nothing', () => {
    for (const row of rows) {
      const tokens = tokensOf(row);
      close(total(tokens, network.attention([...tokens].reverse())), total(tokens, network.attention(tokens)), 9);
    }
  });
});

test('a listener has a place of unit length among the songs, and opposite moods lie far apart', () => {
  const [happy, sad] = [network.placeAmongSongs(0.8, 0.8), network.placeAmongSongs(-0.8, -0.8)];
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  expect(happy).toHaveLength(64);
  expect(dot(happy, happy)).toBeCloseTo(1, 5);
  expect(dot(happy, sad)).toBeLessThan(0);
});
