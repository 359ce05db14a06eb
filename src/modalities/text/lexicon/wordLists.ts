import type { EmojiNames } from '../words/spell';

/** As `wordLists.json` stores them. */
export interface StoredLists {
  /** Lines of an emoji, a tab and its name. */
  readonly emoji: string;
  /** Mean rating in [-4, 4] -> words, tabs between them. */
  readonly valence: Readonly<Record<string, string>>;
}

export interface WordLists {
  readonly emoji: EmojiNames;
  /** Lower-case word or emoticon -> mean rating in [-4, 4] (VADER; AFINN-165 scaled to it where VADER has none). */
  readonly valence: ReadonlyMap<string, number>;
}

export function readLists({ emoji, valence }: StoredLists): WordLists {
  return {
    emoji: new Map(
      emoji.split('\n').map((line): [string, string] => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]),
    ),
    valence: new Map(Object.entries(valence).flatMap(([value, words]) => words.split('\t').map((word) => [word, Number(value)] as const))),
  };
}

let loaded: Promise<WordLists> | null = null;

/** The lists that come with the app; loaded when a text is read first. */
export function loadLists(): Promise<WordLists> {
  loaded ??= import('./wordLists.json').then(({ default: stored }) => readLists(stored));
  return loaded;
}
