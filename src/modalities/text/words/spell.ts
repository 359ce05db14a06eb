/** Emoji without variation selectors, joiners and skin tones -> their names, e.g. '😂' -> 'face with tears of joy'. */
export type EmojiNames = ReadonlyMap<string, string>;

/** They change the picture, not what it says. */
const SELECTORS = /[\ufe0e\ufe0f\u200d]|[\u{1f3fb}-\u{1f3ff}]/gu;
/** Half of a pair of UTF-16 units: no character, and no tokenizer takes it. */
const LONE_SURROGATES = /\p{Surrogate}/gu;
/** What the tokenizer takes for a space. */
const CHUNK = /[^\t\n\r\p{Z}]+/gu;

/** What is longer than this (UTF-16 units) is no word, whatever it is. */
export const LONGEST_WORD = 200;

/** A stretch without spaces, and where it lies in the text (UTF-16 units). */
export interface Chunk {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The stretches between spaces: what the tokenizer makes of a text is what it makes of them, one after the other. */
export function* chunksOf(text: string): Generator<Chunk, void> {
  for (const { 0: found, index } of text.matchAll(CHUNK)) yield { text: found, from: index, to: index + found.length };
}

/** A character, or a whole emoji with its name. */
type Sign = { readonly character: string } | { readonly name: string };

/** Spells out every emoji as ` <name> `, the longest that fits: the training's definition (training/text/vocabulary.py). */
export class Speller {
  readonly #names: EmojiNames;
  readonly #longest: number;
  readonly #starts: ReadonlySet<string>;

  constructor(names: EmojiNames) {
    this.#names = names;
    const sequences = [...names.keys()].map((emoji) => [...emoji]);
    this.#longest = sequences.reduce((most, { length }) => Math.max(most, length), 0);
    this.#starts = new Set(sequences.map(([first = '']) => first));
  }

  spell(text: string): string {
    let spelled = '';
    for (const sign of this.#signs(text)) spelled += 'name' in sign ? ` ${sign.name} ` : sign.character;
    return spelled;
  }

  /** The names of the emoji in a text, in their order. */
  namesIn(text: string): readonly string[] {
    return [...this.#signs(text)].flatMap((sign) => ('name' in sign ? [sign.name] : []));
  }

  *#signs(text: string): Generator<Sign, void> {
    const characters = [...text.replace(LONE_SURROGATES, '').replace(SELECTORS, '')];
    for (let i = 0; i < characters.length;) {
      const character = characters[i] ?? '';
      const emoji = this.#starts.has(character) ? this.#emojiAt(characters, i) : null;
      yield emoji ?? { character };
      i += emoji?.length ?? 1;
    }
  }

  #emojiAt(characters: readonly string[], start: number): { readonly name: string; readonly length: number } | null {
    for (let length = Math.min(this.#longest, characters.length - start); length > 0; length--) {
      const name = this.#names.get(characters.slice(start, start + length).join(''));
      if (name !== undefined) return { name, length };
    }
    return null;
  }
}
