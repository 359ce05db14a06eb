import { describe, expect, test } from 'vitest';
import { emotionOfEmoji, emotionOfEmoticon, emotionOfWord } from '../../../../../src/modalities/text/lexicon/emotionWords';
import { idiomAt, isIronic } from '../../../../../src/modalities/text/lexicon/idioms';
import { readLexicon } from '../../../../../src/modalities/text/lexicon/readLexicon';
import { loadLists } from '../../../../../src/modalities/text/lexicon/wordLists';
import { Speller } from '../../../../../src/modalities/text/words/spell';

const lists = await loadLists();
const speller = new Speller(lists.emoji);
const valenceOf = (text: string) => readLexicon(text, lists, speller, null)?.estimate.affect.valence ?? NaN;

describe('words that name an emotion', () => {
  test.each([
    ['happier', 'happiness'],
    ['crying', 'sadness'],
    ['frustrated', 'anger'],
    ['terrifying', 'fear'],
    ['disgustingly', 'disgust'],
    ['surprised', 'surprise'],
  ])('%s: %s', (word, emotion) => expect(emotionOfWord(word)).toBe(emotion));

  test.each(['happened', 'number', 'angel', 'scarf', 'crystal', 'relies', 'content', 'sober', 'grind', 'gladiator', 'fed', 'blue', ''])(
    '%j only begins like one',
    (word) => expect(emotionOfWord(word)).toBeNull(),
  );

  test.each([
    ['face with tears of joy', 'happiness'],
    ['broken heart', 'sadness'],
    ['red heart', 'happiness'],
    ['sad but relieved face', 'sadness'],
    ['face with open mouth', 'surprise'],
    ['grinning face with open mouth', 'happiness'],
    ['face screaming in fear', 'fear'],
    ['anxious face with sweat', 'fear'],
    ['nauseated face', 'disgust'],
    ['bicycle', null],
  ])('the emoji "%s": %s', (name, emotion) => expect(emotionOfEmoji(name)).toBe(emotion));

  test.each([
    [':-)', 'happiness'],
    [':D', 'happiness'],
    ['<3', 'happiness'],
    [':(', 'sadness'],
    [":'(", 'sadness'],
    ['>:(', 'anger'],
    [':-O', 'surprise'],
    [':', null],
    ['x', null],
    ['8', null],
  ])('the sign %s: %s', (sign, emotion) => expect(emotionOfEmoticon(sign)).toBe(emotion));

  test('idioms, at their place only', () => {
    expect(idiomAt(['i', 'cant', 'stand', 'him'], 1)).toEqual({ emotion: 'anger', length: 2 });
    expect(idiomAt(['i', 'cant', 'stand', 'him'], 0)).toBeNull();
    expect(idiomAt(['cant'], 0)).toBeNull();
  });

  test.each(['That was great /s', 'Yeah right', 'what a "lovely" day', 'Oh great, rain', 'so happy 🙄'])(
    '%j carries a mark of sarcasm',
    (text) => {
      expect(isIronic(text, (word) => word === 'lovely')).toBe(true);
    },
  );
  test.each(['I drive 5 km/s', 'She said "no"', 'You are right', 'great'])('%j does not', (text) => {
    expect(isIronic(text, (word) => word === 'lovely')).toBe(false);
  });
});

describe('rules of the neighbourhood', () => {
  test.each([
    ['I am very happy', 'I am happy'],
    ['I am HAPPY now', 'I am happy now'],
    ['I am happy!!!', 'I am happy'],
    ['I am happy', 'I am slightly happy'],
    ['I am happy', 'I am not happy'],
    ['not bad', 'bad'],
    ['good', 'not bad'],
    ['It was bad but now it is good', 'It was good but now it is bad'],
    ['never so good', 'never good'],
    ["Isn't she wonderful?", "She isn't wonderful"],
    ['I like rain', 'It is like rain'],
    ['soooo goooood', 'so bad'],
  ])('"%s" is more pleasant than "%s"', (more, less) => expect(valenceOf(more)).toBeGreaterThan(valenceOf(less)));

  test('not happy is sad, not sad is nothing named', () => {
    expect(readLexicon('I am not happy', lists, speller, null)?.estimate.present).toEqual(['sadness', 'neutral']);
    expect(readLexicon('I am not sad', lists, speller, null)?.estimate.present).toEqual(['neutral']);
  });
});

describe('an estimate', () => {
  test('is whole, and never surer than lists can be', () => {
    for (const text of ['happy happy happy happy happy', 'the table', 'hate hate love love', '']) {
      const read = readLexicon(text, lists, speller, null)?.estimate;
      expect(Object.values(read?.probabilities ?? {}).reduce((sum, p) => sum + p)).toBeCloseTo(1, 6);
      expect(read?.confidence).toBeLessThanOrEqual(0.6);
      expect(Math.abs(read?.affect.valence ?? 2)).toBeLessThanOrEqual(1);
      expect(read?.models[0]?.name).toBe('text-lexicon');
    }
  });

  test('the words that carried it', () => {
    const text = 'What a lovely day, but the food was awful.';
    const words = readLexicon(text, lists, speller, null)?.estimate.words.map(({ from, to }) => text.slice(from, to));
    expect(words).toEqual(['lovely', 'awful']);
  });

  test('of another language only emoji count, and without any there is nothing to say', () => {
    expect(readLexicon('gift', lists, speller, 'de')).toBeNull();
    expect(readLexicon('gift 😢', lists, speller, 'de')?.estimate).toMatchObject({
      isClear: false,
      language: 'de',
      present: ['sadness', 'neutral'],
    });
  });

  test('of a book the beginning is read, and it says so', () => {
    const text = 'happy '.repeat(5000);
    expect(readLexicon(text, lists, speller, null)?.estimate.readTo).toBe(24_000);
  });
});
