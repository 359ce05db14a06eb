import { describe, expect, test } from 'vitest';
import { TextReader } from '../../../../../src/modalities/text/words/reader';
import { fakeTextSession } from '../fakeTextSession';

const told = async (text: string, reader = new TextReader(fakeTextSession())) => reader.read(text);

describe('with a model', () => {
  test('label, point, finer labels and the words that carried it', async () => {
    const text = 'I am so happy!';
    const reading = await told(text);
    expect(reading).toMatchObject({ kind: 'estimate', by: 'model', isClear: true, present: ['happiness'], fine: ['joy'], language: null });
    if (reading.kind !== 'estimate') throw new Error('no estimate');
    expect(reading.words.map(({ from, to }) => text.slice(from, to))).toEqual(['happy']);
    expect(Object.values(reading.probabilities).reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);
    expect(reading.affect.valence).toBeCloseTo(0.6, 1);
    expect(reading.models).toEqual([
      { name: 'text-emotion', version: '0.0.0' },
      { name: 'text-lexicon', version: '1.0.0' },
    ]);
  });

  test('mixed feelings are told side by side', async () => {
    expect(await told('I am happy, so happy, and sad.')).toMatchObject({ present: ['happiness', 'sadness'] });
  });

  test('a word or two is a poor signal', async () => {
    const [short, long] = await Promise.all([told('happy'), told('I am so very happy')]);
    if (short.kind !== 'estimate' || long.kind !== 'estimate') throw new Error('no estimate');
    expect(short.signalQuality).toBeLessThan(long.signalQuality);
    expect(short.affect.valenceSd).toBeGreaterThan(long.affect.valenceSd);
  });

  test('a long text is pooled over its windows; the weights of words compare across them', async () => {
    const seen: number[][] = [];
    const text = `${'the '.repeat(150)}happy ${'the '.repeat(150)}`;
    const reading = await told(text, new TextReader(fakeTextSession(seen)));
    expect(seen).toHaveLength(3);
    if (reading.kind !== 'estimate') throw new Error('no estimate');
    expect(reading.probabilities.happiness).toBeLessThan(0.5);
    expect(reading.present).toEqual(['happiness']);
    expect(reading.words.map(({ from, to }) => text.slice(from, to))).toEqual(['happy']);
  });

  test('the same words are asked once', async () => {
    const seen: number[][] = [];
    const reader = new TextReader(fakeTextSession(seen));
    for (let i = 0; i < 5; i++) await reader.read('I am happy');
    expect(seen).toHaveLength(1);
  });

  test('a model that answers with NaN is told', async () => {
    const broken = { ...fakeTextSession(), run: () => Promise.resolve({ logits: { data: Float32Array.of(NaN), shape: [1, 1] } }) };
    await expect(told('I am happy', new TextReader(broken))).rejects.toMatchObject({ code: 'model/run-failed' });
  });

  test('a model without a vocabulary is told', async () => {
    const { assets, ...bare } = fakeTextSession();
    expect(assets).toBeDefined();
    await expect(told('I am happy', new TextReader(bare))).rejects.toMatchObject({ code: 'model/unavailable' });
  });
});

describe('another language', () => {
  test('is absent, with its name', async () => {
    expect(await told('Ich bin heute so traurig, weil es regnet.')).toEqual({ kind: 'absent', reason: 'language', language: 'de' });
  });
  test('but its emoji are read, with little confidence and no label', async () => {
    const reading = await told('Ich bin heute so traurig, weil es regnet 😢');
    expect(reading).toMatchObject({ kind: 'estimate', by: 'lexicon', language: 'de', isClear: false });
    expect(reading.kind === 'estimate' && reading.probabilities.sadness).toBeGreaterThan(0.3);
  });
});

describe('nothing to read', () => {
  test.each(['', '   ', '!!!', '12:30', '...', '\u200b\u200e', 'https://example.org/happy', '\ud83d', '\u0000\u0007'])(
    '%j',
    async (text) => {
      expect(await told(text)).toEqual({ kind: 'absent', reason: 'no-text', language: null });
    },
  );
});

describe('bad input never throws, always answers, and in time', () => {
  const megabyte = 1_000_000;
  test.each([
    ['a megabyte of words', 'I am happy. '.repeat(megabyte / 12)],
    ['a megabyte of one letter', 'a'.repeat(megabyte)],
    ['a megabyte of emoji', '😂'.repeat(megabyte / 2)],
    ['a megabyte of spaces', ' '.repeat(megabyte)],
    ['a megabyte of exclamation marks', '!'.repeat(megabyte)],
    ['a megabyte of quotation marks', '"a '.repeat(megabyte / 3)],
    ['marks between two letters', `a${'!'.repeat(100_000)}a`],
    ['words of marks', `a${'!'.repeat(190)}a `.repeat(5000)],
    ['an emoji before fifty thousand capitals', `😂${'A'.repeat(50_000)}a so`],
    ['zero-width characters between letters', 'I\u200b a\u200dm h\u2060a\u200cppy'],
    ['right-to-left overrides', '\u202eyppah ma I\u202c'],
    ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)> happy'],
    ['lone surrogates', 'happy \ud83d and \udc00 sad'],
    ['combining marks', `h${'\u0301'.repeat(5000)}appy`],
    ['control characters', '\u0000\u0001happy\u007f'],
    ['private use and unassigned', '\ue000\u{10ffff}happy'],
    ['prototype names', '__proto__ constructor toString hasOwnProperty'],
  ])('%s', async (_, text) => {
    for (const reader of [new TextReader(fakeTextSession()), new TextReader(null)]) {
      const started = performance.now();
      const reading = await reader.read(text);
      expect(performance.now() - started).toBeLessThan(3000);
      if (reading.kind !== 'estimate') continue;
      const numbers = [
        ...Object.values(reading.probabilities),
        ...Object.values(reading.affect),
        reading.confidence,
        reading.signalQuality,
      ];
      expect(numbers.every(Number.isFinite)).toBe(true);
      for (const { from, to } of reading.words) expect(from >= 0 && to > from && to <= text.length).toBe(true);
      expect(structuredClone(reading)).toEqual(reading);
    }
  });
});
