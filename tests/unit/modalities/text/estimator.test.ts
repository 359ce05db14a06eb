import { describe, expect, test } from 'vitest';
import { createEstimator } from '../../../../src/modalities/text/estimator';
import { FADED } from '../../../../src/modalities/text/mood/trackMood';
import { fakeTextSession } from './fakeTextSession';

const NOW = 10 * FADED;
const frame = (...written: (readonly [ageMs: number, text: string])[]) => ({
  at: NOW,
  value: { written: written.map(([age, text]) => ({ at: NOW - age, text })) },
});

describe('the mood of what is written', () => {
  test('nothing written is no text', async () => {
    expect(await createEstimator([]).push(frame())).toEqual({ kind: 'absent', source: 'text', at: NOW, reason: 'no-text' });
  });

  test('only another language is "language"', async () => {
    const observation = await createEstimator([fakeTextSession()]).push(frame([1000, 'Ich bin heute so traurig, weil es regnet.']));
    expect(observation).toMatchObject({ kind: 'absent', reason: 'language' });
  });

  test('what it can read counts, also beside what it cannot', async () => {
    const estimator = createEstimator([fakeTextSession()]);
    const observation = await estimator.push(frame([9000, 'I am happy, very happy'], [1000, 'Ich bin heute so traurig, weil es regnet.']));
    expect(observation).toMatchObject({
      kind: 'estimate',
      estimate: { source: 'text', at: NOW, models: [{ name: 'text-emotion' }, { name: 'text-lexicon' }] },
    });
  });

  test('after an hour it is forgotten, unread', async () => {
    const seen: number[][] = [];
    const observation = await createEstimator([fakeTextSession(seen)]).push(frame([FADED, 'I am happy, very happy']));
    expect(observation).toMatchObject({ kind: 'absent', reason: 'no-text' });
    expect(seen).toEqual([]);
  });

  test('each text is read once, however often the mood is asked for', async () => {
    const seen: number[][] = [];
    const estimator = createEstimator([fakeTextSession(seen)]);
    for (let i = 0; i < 10; i++) await estimator.push(frame([5000 + i, 'I am happy'], [1000 + i, 'I am sad']));
    expect(seen).toHaveLength(2);
    estimator.reset();
    await estimator.push(frame([5000, 'I am happy']));
    expect(seen).toHaveLength(3);
  });

  test('without a model the word lists read', async () => {
    expect(await createEstimator([]).push(frame([0, 'I am so happy']))).toMatchObject({
      kind: 'estimate',
      estimate: { models: [{ name: 'text-lexicon' }] },
    });
  });
});

describe('texts one by one', () => {
  test('one reading each, in their order, timed', async () => {
    let clock = 0;
    const stages: string[] = [];
    const estimator = createEstimator([fakeTextSession()], { clock: () => (clock += 3), onStage: (stage) => stages.push(stage) });
    const readings = await estimator.readTexts(['I am happy', '', 'I am sad']);
    expect(readings.map((reading) => (reading.kind === 'estimate' ? reading.present[0] : reading.reason))).toEqual([
      'happiness',
      'no-text',
      'sadness',
    ]);
    expect(stages).toEqual(['model', 'model', 'model']);
  });

  test('a hundred entries at once', async () => {
    const started = performance.now();
    const readings = await createEstimator([]).readTexts(Array.from({ length: 100 }, (_, i) => `Entry ${i}: I am so happy`));
    expect(readings).toHaveLength(100);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
