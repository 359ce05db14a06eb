import type { Emotion } from '../../../core/emotion';
import type { Chunk, Speller } from '../words/spell';
import { emotionOfWord } from './emotionWords';
import type { WordLists } from './wordLists';

/** What one word says in its place in the sentence. */
export interface WordSay {
  /** Rating in about [-5, 5]; 0 where the lists know nothing. */
  readonly valence: number;
  readonly emotion: Exclude<Emotion, 'neutral'> | null;
}

/** The constants are VADER's (Hutto & Gilbert 2014), found by them in ratings of varied sentences. */
const NEGATED = -0.74;
const BOOST = 0.293;
const CAPITALS = 0.733;
const EXCLAMATION = 0.292;
const MOST_EXCLAMATIONS = 4;
const BEFORE_BUT = 0.5;
const AFTER_BUT = 1.5;
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
const TURNS = new Set(['but', 'however', 'though', 'although']);

const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const STRETCHED = /(\p{L})\1{2,}/gu;
const plain = (word: string) => word.replace(EDGES, '').replace(/[’']/gu, '').toLowerCase();
/** Shouted: capitals in a text that has other words too. */
const isShouted = (word: string) => /^\P{Ll}*\p{Lu}\P{Ll}*\p{Lu}\P{Ll}*$/u.test(word);

function modify(valence: number, words: readonly string[], place: number): { readonly valence: number; readonly isNegated: boolean } {
  let value = valence;
  let isNegated = false;
  for (let back = 1; back <= REACH && place - back >= 0; back++) {
    const word = words[place - back] ?? '';
    const step = BOOST * (FADE[back - 1] ?? 0) * Math.sign(valence);
    if (MORE.has(word)) value += step;
    if (LESS.has(word)) value -= step;
    isNegated ||= NEGATIONS.has(word) && !(words[place - back + 1] === 'only');
  }
  return { valence: isNegated ? value * NEGATED : value, isNegated };
}

class Sentence {
  readonly words: readonly string[];
  readonly #hasQuiet: boolean;

  constructor(
    readonly chunks: readonly Chunk[],
    private readonly lists: WordLists,
    private readonly speller: Speller,
  ) {
    this.words = chunks.map(({ text }) => plain(text));
    this.#hasQuiet = chunks.some(({ text }) => /\p{Ll}/u.test(text));
  }

  say(place: number): WordSay {
    const raw = this.chunks[place]?.text ?? '';
    const emoji = this.speller.namesIn(raw);
    const names = emoji.flatMap((name) => name.split(' '));
    const said = names.length > 0 ? this.#sayOfNames(names) : this.#sayOfWord(raw, this.words[place] ?? '');
    if (said.valence === 0 && said.emotion === null) return said;
    const loud = this.#hasQuiet && isShouted(raw) ? CAPITALS * Math.sign(said.valence) : 0;
    const { valence, isNegated } = modify(said.valence + loud, this.words, place);
    // "Not afraid" is no fear; "not happy" is something unpleasant that the list cannot name.
    return { valence, emotion: isNegated ? null : said.emotion };
  }

  #sayOfWord(raw: string, word: string): WordSay {
    const { valence } = this.lists;
    const short = word.replace(STRETCHED, '$1');
    const known = valence.get(raw.toLowerCase()) ?? valence.get(word) ?? valence.get(short) ?? valence.get(word.replace(STRETCHED, '$1$1'));
    return { valence: known ?? 0, emotion: emotionOfWord(word) ?? emotionOfWord(short) };
  }

  /** As VADER does it: an emoji is as pleasant as the words of its name. */
  #sayOfNames(names: readonly string[]): WordSay {
    const valence = names.reduce((sum, name) => sum + (this.lists.valence.get(name) ?? 0), 0);
    const emotions = names.map(emotionOfWord).filter((emotion) => emotion !== null);
    return { valence, emotion: emotions.at(-1) ?? null };
  }
}

/**
 * What each word says of the feeling, after VADER's rules: negations, boosters, capitals, "but", exclamation marks.
 * @returns [chunks]
 */
export function weighWords(text: string, chunks: readonly Chunk[], lists: WordLists, speller: Speller): readonly WordSay[] {
  const sentence = new Sentence(chunks, lists, speller);
  const turn = sentence.words.findLastIndex((word) => TURNS.has(word));
  const marks = Math.min(MOST_EXCLAMATIONS, text.match(/!/g)?.length ?? 0);
  return chunks.map((_, place) => {
    const { valence, emotion } = sentence.say(place);
    const share = turn < 0 ? 1 : place < turn ? BEFORE_BUT : AFTER_BUT;
    return { valence: (valence + marks * EXCLAMATION * Math.sign(valence)) * share, emotion };
  });
}
