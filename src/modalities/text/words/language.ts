import { eld } from 'eld/extrasmall';

/** Fewer letters than this tell no language. */
const FEWEST_LETTERS = 8;
/** From so many letters on the detector's word counts for more. */
const ENOUGH_LETTERS = 12;
/** English scores nearly as high as another language in what is English after all: names, slang, half a sentence. */
const NEARLY = 0.8;
const BY_FAR = 0.5;
const LETTER = /\p{L}/gu;
const LATIN = /\p{Script=Latin}/u;
/** Addresses, mentions and tags are in no language; a stretched "soooo" is "so". */
const NOISE = /https?:\/\/\S+|www\.\S+|[@#]\S+/gu;
const STRETCHED = /(\p{L})\1{2,}/gu;

export interface Language {
  readonly isEnglish: boolean;
  /** ISO 639-1 of another language; null when it is not known which, or for English. */
  readonly code: string | null;
}

const ENGLISH: Language = { isEnglish: true, code: null };

/**
 * Whether a text is English as far as its letters tell, by n-grams (Efficient Language Detector, extra-small). Too little to tell
 * counts as English unless it is in another script.
 */
export function languageOf(text: string): Language {
  const words = text.slice(0, 2000).replace(NOISE, ' ').replace(STRETCHED, '$1');
  const letters = words.match(LETTER) ?? [];
  const latin = letters.filter((letter) => LATIN.test(letter)).length;
  const isOtherScript = letters.length > 0 && latin < letters.length / 2;
  if (letters.length < FEWEST_LETTERS && !isOtherScript) return ENGLISH;
  return isOtherScript ? { isEnglish: false, code: otherThanEnglish(eld.detect(words).language) } : latinLanguage(words, letters.length);
}

const otherThanEnglish = (code: string): string | null => (code === '' || code === 'en' ? null : code);

function latinLanguage(words: string, letters: number): Language {
  const found = eld.detect(words);
  const code = otherThanEnglish(found.language);
  if (code === null) return ENGLISH;
  const scores = found.getScores();
  const share = letters < ENOUGH_LETTERS ? BY_FAR : NEARLY;
  return (scores['en'] ?? 0) >= share * (scores[code] ?? 1) ? ENGLISH : { isEnglish: false, code };
}
