import { LONGEST_WORD, type Chunk, type Speller } from '../words/spell';
import { emotionOfEmoji, emotionOfEmoticon, emotionOfWord, type Named } from './emotionWords';
import { idiomAt, isIronic } from './idioms';
import type { WordLists } from './wordLists';

/** What one word says in its place in the sentence. */
export interface WordSay {
  /** Rating in about [-5, 5]; 0 where the lists know nothing. */
  readonly valence: number;
  readonly emotion: Named | null;
  /** What it would name, were it not denied. */
  readonly denied?: Named;
}

/** The constants are VADER's (Hutto & Gilbert 2014), found by them in ratings of varied sentences. */
const NEGATED = -0.74;
const BOOST = 0.293;
const CAPITALS = 0.733;
const EXCLAMATION = 0.292;
const MOST_EXCLAMATIONS = 4;
const BEFORE_BUT = 0.5;
const AFTER_BUT = 1.5;
/** At the beginning of a sentence they ask for a yes. */
const ASKING = new Set('isnt arent wasnt werent aint'.split(' '));
/** "Not bad" is less than good. */
const NOT_BAD = 0.4;
/** Of an idiom, which no list rates. */
const IDIOM_VALENCE = 2;
/** Emoji in a row; more of them say no more. */
const MOST_REPEATED = 3;
/** A marker of sarcasm beyond this belongs to something else. */
const LONGEST_JOKE = 400;
/** How far before a word its boosters and negations stand, and how much they fade per word. */
const REACH = 3;
const FADE = [1, 0.95, 0.9] as const;

const NEGATIONS = new Set(
  'not no never none nobody nothing neither nor nowhere without cannot cant wont dont didnt doesnt isnt arent wasnt werent aint couldnt shouldnt wouldnt hasnt havent hadnt hardly barely rarely seldom'.split(
    ' ',
  ),
);
const MORE = new Set(
  'very really so extremely incredibly absolutely totally completely utterly deeply truly super insanely hella especially most such too fucking freaking damn'.split(
    ' ',
  ),
);
const LESS = new Set('slightly somewhat kinda kind sorta sort little bit almost barely partly rather mildly'.split(' '));
/** Rated as pleasant or not by people who saw them alone; in sentences they mostly are courtesy, comparison or arithmetic. */
const UNTOLD = new Set('ok okay yes no please sure well kind honest true free care number like heart hearts'.split(' '));
/** "I like it" and "would like to", but not "that is like rain". */
const LIKERS = new Set('i we you they really also to would dont not do didnt'.split(' '));
const TURNS = new Set(['but', 'however', 'though', 'although']);

const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const STRETCHED = /(\p{L})\1{2,}/gu;
/** As in "lovee". */
const DOUBLED = /(\p{L})\1$/u;
const plain = (word: string) => word.replace(EDGES, '').replace(/[’']/gu, '').toLowerCase();
/** Shouted: capitals in a text that has other words too. */
const isShouted = (word: string) => !/\p{Ll}/u.test(word) && (word.match(/\p{Lu}/gu)?.length ?? 0) > 1;

/** "Not only", "never so happy" and "isn't it lovely" deny nothing. */
function isDenial(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (!NEGATIONS.has(word) || words[at + 1] === 'only' || (at === 0 && ASKING.has(word))) return false;
  return !(word === 'never' && [words[at + 1], words[at + 2]].some((next) => next === 'so' || next === 'this'));
}

/** "Not happy" is sad; "not afraid" is no fear, and names nothing else. */
const DENIED: Readonly<Record<Named | 'none', Named | null>> = {
  happiness: 'sadness',
  surprise: null,
  sadness: null,
  anger: null,
  fear: null,
  disgust: null,
  none: null,
};
const SIGN: Readonly<Record<Named, number>> = { happiness: 1, surprise: 0, sadness: -1, anger: -1, fear: -1, disgust: -1 };

const boostOf = (word: string): number => (MORE.has(word) ? BOOST : LESS.has(word) ? -BOOST : 0);

/** A word among the three before it. */
function meantBy({ valence, emotion }: WordSay, words: readonly string[], place: number): WordSay {
  let value = valence;
  let isNegated = false;
  for (let back = 1; back <= REACH && place - back >= 0; back++) {
    const word = words[place - back] ?? '';
    value += boostOf(word) * (FADE[back - 1] ?? 0) * Math.sign(valence);
    isNegated ||= isDenial(words, place - back);
  }
  if (!isNegated) return { valence: value, emotion };
  return {
    valence: value * NEGATED * (valence < 0 ? NOT_BAD : 1),
    emotion: DENIED[emotion ?? 'none'],
    ...(emotion && { denied: emotion }),
  };
}

class Sentence {
  readonly words: readonly string[];
  readonly #hasQuiet: boolean;
  readonly #isIronic: boolean;
  /** Places that an idiom has spoken for. */
  readonly #idioms = new Map<number, WordSay>();

  constructor(
    text: string,
    readonly chunks: readonly Chunk[],
    private readonly lists: WordLists,
    private readonly speller: Speller,
  ) {
    this.words = chunks.map(({ text: word }) => (word.length > LONGEST_WORD ? '' : plain(word)));
    this.#hasQuiet = chunks.some(({ text: word }) => /\p{Ll}/u.test(word));
    this.#isIronic = isIronic(text.slice(0, LONGEST_JOKE), (word) => (lists.valence.get(word) ?? 0) > 0);
    this.#findIdioms();
  }

  say(place: number): WordSay {
    const raw = this.chunks[place]?.text ?? '';
    const said = this.#idioms.get(place) ?? this.#sayAlone(raw, place);
    if (said.valence === 0 && said.emotion === null) return said;
    const loud = this.#hasQuiet && isShouted(raw) ? CAPITALS * Math.sign(said.valence) : 0;
    const meant = meantBy({ ...said, valence: said.valence + loud }, this.words, place);
    return this.#isIronic && meant.valence > 0 ? { valence: meant.valence * NEGATED, emotion: 'anger' } : meant;
  }

  #findIdioms(): void {
    for (let place = 0; place < this.words.length; place++) {
      const idiom = idiomAt(this.words, place);
      if (!idiom) continue;
      this.#idioms.set(place, { valence: IDIOM_VALENCE * SIGN[idiom.emotion], emotion: idiom.emotion });
      for (let i = 1; i < idiom.length; i++) this.#idioms.set(place + i, { valence: 0, emotion: null });
      place += idiom.length - 1;
    }
  }

  #sayAlone(raw: string, place: number): WordSay {
    const emoji = this.speller.namesIn(raw.slice(0, LONGEST_WORD));
    return emoji.length > 0 ? this.#sayOfEmoji(emoji) : this.#sayOfWord(raw, place);
  }

  #sayOfWord(raw: string, place: number): WordSay {
    const word = this.words[place] ?? '';
    if (UNTOLD.has(word) && !(word === 'like' && LIKERS.has(this.words[place - 1] ?? ''))) return { valence: 0, emotion: null };
    const { valence } = this.lists;
    const short = word.replace(STRETCHED, '$1');
    const spellings = [word, short, word.replace(STRETCHED, '$1$1'), word.replace(DOUBLED, '$1')];
    const known = [raw.toLowerCase(), ...spellings].map((one) => valence.get(one)).find((rating) => rating !== undefined);
    const emotion = spellings.map(emotionOfWord).find((named) => named !== null);
    return { valence: known ?? 0, emotion: emotion ?? emotionOfEmoticon(raw) };
  }

  /** As VADER does it: an emoji is as pleasant as the words of its name. */
  #sayOfEmoji(names: readonly string[]): WordSay {
    const words = names.flatMap((name) => name.split(' '));
    const valence = words.reduce((sum, word) => sum + (this.lists.valence.get(word) ?? 0), 0);
    const [emotion = null, ...others] = names.map(emotionOfEmoji).filter((named) => named !== null);
    const repeated = emotion === null ? 0 : SIGN[emotion] * IDIOM_VALENCE * Math.min(MOST_REPEATED, 1 + others.length);
    return { valence: valence || repeated, emotion };
  }
}

/**
 * What each word says of the feeling, after VADER's rules: negations, boosters, capitals, "but", exclamation marks.
 * @returns [chunks]
 */
export function weighWords(text: string, chunks: readonly Chunk[], lists: WordLists, speller: Speller): readonly WordSay[] {
  const sentence = new Sentence(text, chunks, lists, speller);
  const turn = sentence.words.findLastIndex((word) => TURNS.has(word));
  const marks = Math.min(MOST_EXCLAMATIONS, text.match(/!/g)?.length ?? 0);
  return chunks.map((_, place) => {
    const { valence, emotion } = sentence.say(place);
    const share = turn < 0 ? 1 : place < turn ? BEFORE_BUT : AFTER_BUT;
    return { valence: (valence + marks * EXCLAMATION * Math.sign(valence)) * share, emotion };
  });
}
