import { describe, expect, test } from 'vitest';
import { languageOf } from '../../../../../src/modalities/text/words/language';

describe('languageOf', () => {
  test.each([
    'I am so happy today, everything went well.',
    'ok',
    'lol',
    'im so hapy rn',
    'Soooooo gooood',
    'thx u r teh best',
    'Look at this: https://example.org/verzeichnis/ueber-uns @peter #liebe',
    'Got the job 🎉🥳',
    'Merry Christmas from Copenhagen!',
    'wtf is wrong with people',
    'Yeah!!',
    '',
    '12345',
  ])('%j is English, or too little to tell', (text) => {
    expect(languageOf(text)).toEqual({ isEnglish: true, code: null });
  });

  test.each([
    ['Ich bin heute sehr glücklich, alles ist gut gegangen.', 'de'],
    ['Je suis tellement heureux aujourd’hui, merci beaucoup.', 'fr'],
    ['Estoy muy triste porque mi perro murió ayer.', 'es'],
    ['Olen niin onnellinen tänään, kaikki meni hyvin.', 'fi'],
    ['Mi sono arrabbiato molto con mio fratello ieri sera.', 'it'],
    ['Мне очень грустно сегодня.', 'ru'],
    ['أنا سعيد جدا اليوم', 'ar'],
    ['我今天很开心', 'zh'],
    ['היום אני שמח מאוד', 'he'],
  ])('%j is %s', (text, code) => {
    expect(languageOf(text)).toEqual({ isEnglish: false, code });
  });

  test('only the beginning of a long text is looked at', () => {
    const started = performance.now();
    languageOf('word '.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
