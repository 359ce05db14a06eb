import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beatFMeasure, octaveOf, scoreTempo, trimBeats } from '../../support/beatMetrics';

describe('beatFMeasure', () => {
  it('is 1 for the same beats, 2/3 for half and for double, 0 beyond 70 ms and for none', () => {
    const beats = Array.from({ length: 40 }, (_, i) => 5 + i / 2);
    expect(beatFMeasure(beats, beats)).toBe(1);
    expect(
      beatFMeasure(
        beats,
        beats.filter((_, i) => i % 2 === 0),
      ),
    ).toBeCloseTo(2 / 3, 9);
    expect(
      beatFMeasure(
        beats,
        beats.flatMap((at) => [at, at + 0.25]),
      ),
    ).toBeCloseTo(2 / 3, 9);
    expect(
      beatFMeasure(
        beats,
        beats.map((at) => at + 0.069),
      ),
    ).toBe(1);
    expect(
      beatFMeasure(
        beats,
        beats.map((at) => at + 0.08),
      ),
    ).toBe(0);
    expect(beatFMeasure(beats, [])).toBe(0);
    expect(beatFMeasure([], beats)).toBe(0);
  });
});

describe('scoreTempo', () => {
  it('weighs what is hit within 8 %', () => {
    expect(scoreTempo([60, 120], 0.25, [121, 200])).toEqual({ pScore: 0.75, oneCorrect: true, bothCorrect: false });
    expect(scoreTempo([60, 120], 0.25, [64, 112])).toEqual({ pScore: 1, oneCorrect: true, bothCorrect: true });
    expect(() => scoreTempo([60, -120], 0.25, [60, 120])).toThrow(RangeError);
  });

  it('octaves are named', () => {
    expect([octaveOf(121, 120), octaveOf(60, 120), octaveOf(235, 120), octaveOf(80, 120)]).toEqual(['same', 'half', 'double', null]);
  });
});

const folder = join(process.env.SYNCIN_DATA ?? '../shared/data', 'reference/mir_eval');
const casesIn = (kind: string): string[] =>
  existsSync(folder) ? readdirSync(join(folder, kind)).flatMap((name) => /^output(\d+)\.json$/.exec(name)?.[1] ?? []) : [];
const scoresOf = (kind: string, id: string): Record<string, number> =>
  JSON.parse(readFileSync(join(folder, kind, `output${id}.json`), 'utf8')) as Record<string, number>;
const numbersOf = (path: string): number[] =>
  readFileSync(join(folder, path), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .flatMap((line) => line.trim().split(/\s+/).map(Number));

describe.skipIf(!existsSync(folder))('the cases of mir_eval (need the data folder)', () => {
  it.each(casesIn('beat'))('beats %s', (id) => {
    const [reference, estimated] = ['ref', 'est'].map((side) => trimBeats(numbersOf(`beat/${side}${id}.txt`)));
    expect(beatFMeasure(reference ?? [], estimated ?? [])).toBeCloseTo(scoresOf('beat', id)['F-measure'] ?? NaN, 9);
  });

  it.each(casesIn('tempo'))('tempo %s', (id) => {
    const [a = NaN, b = NaN, weight = NaN] = numbersOf(`tempo/ref${id}.lab`);
    const [c = NaN, d = NaN] = numbersOf(`tempo/est${id}.lab`);
    const wanted = scoresOf('tempo', id);
    const score = scoreTempo([a, b], weight, [c, d]);
    expect(score.pScore).toBeCloseTo(wanted['P-score'] ?? NaN, 9);
    expect([score.oneCorrect, score.bothCorrect]).toEqual([Boolean(wanted['One-correct']), Boolean(wanted['Both-correct'])]);
  });
});
