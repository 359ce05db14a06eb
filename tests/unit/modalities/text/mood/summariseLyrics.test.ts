import { describe, expect, test } from 'vitest';
import type { TextEstimate, TextReading } from '../../../../../src/core/records/writtenEntry';
import { summariseLyrics } from '../../../../../src/modalities/text/mood/summariseLyrics';
import { HAPPY_READING } from '../../../../support/fakeWords';
import { makeProbabilities } from '../../../../support/uiFixtures';

const lines = (count: number) => Array.from({ length: count }, (_, i) => ({ at: i, text: `line ${i}` }));
const PLAIN: TextEstimate = {
  ...HAPPY_READING,
  probabilities: makeProbabilities({ neutral: 0.95, happiness: 0.02 }),
  affect: { valence: 0, arousal: 0, valenceSd: 0.2, arousalSd: 0.2 },
};
const FOREIGN: TextReading = { kind: 'absent', reason: 'language', language: 'de' };

describe('summariseLyrics', () => {
  test('lines that tell a story do not drown the one that tells a feeling', () => {
    const { song } = summariseLyrics(lines(5), [PLAIN, PLAIN, PLAIN, PLAIN, HAPPY_READING]);
    expect(song?.probabilities.happiness).toBeGreaterThan(0.3);
    expect(song?.affect.valence).toBeGreaterThan(0.3);
    expect(Object.values(song?.probabilities ?? {}).reduce((sum, p) => sum + p)).toBeCloseTo(1, 6);
  });

  test('a chorus counts as often as it is heard', () => {
    const sad: TextEstimate = { ...HAPPY_READING, probabilities: makeProbabilities({ sadness: 0.62, neutral: 0.2 }) };
    const { song } = summariseLyrics(lines(4), [HAPPY_READING, sad, sad, sad]);
    expect(song?.probabilities.sadness).toBeGreaterThan(2 * (song?.probabilities.happiness ?? 1));
  });

  test('empty lines are no lines', () => {
    const { song, lines: read } = summariseLyrics(lines(3), [null, HAPPY_READING, null]);
    expect(read).toEqual([null, HAPPY_READING, null]);
    expect(song?.confidence).toBeCloseTo(HAPPY_READING.confidence, 6);
  });

  test('a song in another language says nothing, and which one it is', () => {
    expect(summariseLyrics(lines(3), [FOREIGN, FOREIGN, null])).toEqual({ lines: [FOREIGN, FOREIGN, null], song: null, language: 'de' });
    expect(summariseLyrics(lines(3), [FOREIGN, HAPPY_READING, HAPPY_READING]).language).toBeNull();
  });

  test('it was the model only where every line was', () => {
    expect(summariseLyrics(lines(2), [HAPPY_READING, HAPPY_READING]).song?.by).toBe('model');
    expect(summariseLyrics(lines(2), [HAPPY_READING, { ...HAPPY_READING, by: 'lexicon' }]).song?.by).toBe('lexicon');
  });

  test('no line at all', () => expect(summariseLyrics([], [])).toEqual({ lines: [], song: null, language: null }));
});
