import type { Named } from './emotionWords';

/** Words that only together say something; apostrophes left out. VADER has a dozen of its own; these are ours. */
const IDIOMS: readonly (readonly [phrase: string, emotion: Named])[] = [
  ['cant stand', 'anger'],
  ['fed up', 'anger'],
  ['had enough', 'anger'],
  ['leave me alone', 'anger'],
  ['shut up', 'anger'],
  ['how dare', 'anger'],
  ['so done', 'anger'],
  ['sick of', 'anger'],
  ['sick and tired', 'anger'],
  ['screw you', 'anger'],
  ['drives me crazy', 'anger'],
  ['drives me mad', 'anger'],
  ['cant believe', 'surprise'],
  ['no way', 'surprise'],
  ['wait what', 'surprise'],
  ['out of nowhere', 'surprise'],
  ['out of the blue', 'surprise'],
  ['did not expect', 'surprise'],
  ['didnt expect', 'surprise'],
  ['never expected', 'surprise'],
  ['throw up', 'disgust'],
  ['threw up', 'disgust'],
  ['grosses me out', 'disgust'],
  ['creeps me out', 'fear'],
  ['freaks me out', 'fear'],
  ['freaking out', 'fear'],
  ['cannot breathe', 'fear'],
  ['cant breathe', 'fear'],
  ['feeling blue', 'sadness'],
  ['feel blue', 'sadness'],
  ['feeling down', 'sadness'],
  ['feel down', 'sadness'],
  ['let down', 'sadness'],
  ['give up', 'sadness'],
  ['gave up', 'sadness'],
  ['passed away', 'sadness'],
  ['heart hurts', 'sadness'],
  ['looking forward', 'happiness'],
  ['over the moon', 'happiness'],
  ['cant wait', 'happiness'],
  ['made my day', 'happiness'],
  ['well done', 'happiness'],
];
const SPLIT = IDIOMS.map(([phrase, emotion]) => ({ words: phrase.split(' '), emotion }));
const FIRST = new Set(SPLIT.map(({ words }) => words[0]));

export interface Idiom {
  readonly emotion: Named;
  readonly length: number;
}

/** The idiom that begins at a place. @param words plain, lower case, without apostrophes */
export function idiomAt(words: readonly string[], place: number): Idiom | null {
  if (!FIRST.has(words[place])) return null;
  const found = SPLIT.find((idiom) => idiom.words.every((word, i) => words[place + i] === word));
  return found ? { emotion: found.emotion, length: found.words.length } : null;
}

/** Nobody who means it writes these: what is praised then is resented. */
const IRONIC =
  /(?<!\S)\/s\s*$|🙄|\byeah,? right\b|\bthanks for nothing\b|\b(oh|well),? (great|fantastic|wonderful|perfect|brilliant|joy)\b|\bbig surprise\b|\bnice (job|going|work)\b.*\b(genius|einstein|idiot)\b|\bworked so well\b|#sarcasm\b/iu;
/** Praise between marks of quotation, one or two words of it. */
const SCARE_QUOTES = /["“”](\p{L}+(?: \p{L}+)?)["“”]/gu;

/** Whether a text carries a marker of sarcasm. @param isPraise whether a lower-case word is pleasant */
export function isIronic(text: string, isPraise: (word: string) => boolean): boolean {
  if (IRONIC.test(text)) return true;
  return [...text.matchAll(SCARE_QUOTES)].some(([, quoted = '']) => quoted.toLowerCase().split(' ').some(isPraise));
}
