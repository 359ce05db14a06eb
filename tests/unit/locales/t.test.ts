import { describe, expect, it } from 'vitest';
import { ABSENCE_REASONS_FOR_TEST, codesWithoutSentence, leaves } from '../../support/catalogue';
import { REASON_FEATURES, STRATEGY_IDS } from '../../../src/core/music';
import { hasMessage, t, tn } from '../../../src/locales/t';

describe('catalogue', () => {
  it('fills places and leaves unknown ones visible', () => {
    expect(t('song.bpm', { n: 96 })).toBe('96 bpm');
    expect(t('song.bpm')).toBe('{n} bpm');
  });
  it('chooses the form for the number and separates thousands', () => {
    expect([tn('library.songs', 1), tn('library.songs', 0), tn('library.songs', 10_000)]).toEqual(['1 song', '0 songs', '10,000 songs']);
  });
  it('has a sentence for every code, reason, strategy and absence', () => {
    expect(codesWithoutSentence()).toEqual([]);
    const keys = [
      ...REASON_FEATURES.map((f) => `why.${f}`),
      ...STRATEGY_IDS.flatMap((s) => [`strategy.${s}`, `strategy.${s}More`]),
      ...ABSENCE_REASONS_FOR_TEST.map((r) => `absence.${r}`),
    ];
    expect(keys.filter((key) => !hasMessage(key))).toEqual([]);
  });
  it('never says “you are”, and is never empty', () => {
    const sentences = leaves();
    expect(
      sentences.filter(([key, text]) => /\byou are (happy|sad|angry|calm|afraid|depressed|ill)/i.test(text) && key).map(([key]) => key),
    ).toEqual([]);
    expect(sentences.filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});
