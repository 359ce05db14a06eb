import type { TextReading } from '../../../core/records/writtenEntry';
import { AppError } from '../../../core/errors';
import type { Session } from '../../../ml/session';
import { readLexicon, type LexiconReading } from '../lexicon/readLexicon';
import { loadLists, type WordLists } from '../lexicon/wordLists';
import { askModel } from './askModel';
import type { Language } from './language';
import { Speller } from './spell';
import { shareOfLists, withLists } from './withLists';
import type { WordPieces } from './wordPieces';

/** File of the model's folder with the vocabulary. */
const TOKENIZER = 'tokenizer.json';
/** The same words are not read twice while they are shown. */
const MOST_REMEMBERED = 256;

interface Tools {
  readonly lists: WordLists;
  readonly speller: Speller;
  readonly languageOf: (text: string) => Language;
  /** null without a model. */
  readonly pieces: WordPieces | null;
}

async function openTools(session: Session | null): Promise<Tools> {
  const [lists, { languageOf }] = await Promise.all([loadLists(), import('./language')]);
  const speller = new Speller(lists.emoji);
  if (!session) return { lists, speller, languageOf, pieces: null };
  const vocabulary = session.assets?.get(TOKENIZER);
  if (!vocabulary) throw new AppError('model/unavailable', `${session.manifest.name} has no ${TOKENIZER}`);
  const { WordPieces: Pieces } = await import('./wordPieces');
  return { lists, speller, languageOf, pieces: new Pieces(vocabulary, speller) };
}

/** Reads texts with the model, or without one with the word lists. */
export class TextReader {
  #tools: Promise<Tools> | null = null;
  readonly #remembered = new Map<string, TextReading>();

  constructor(private readonly session: Session | null) {}

  async read(text: string): Promise<TextReading> {
    const known = this.#remembered.get(text);
    if (known) return known;
    const reading = await this.#readNew(text);
    this.#remembered.set(text, reading);
    const oldest = this.#remembered.keys().next().value;
    if (this.#remembered.size > MOST_REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    return reading;
  }

  async #readNew(text: string): Promise<TextReading> {
    this.#tools ??= openTools(this.session);
    const tools = await this.#tools;
    if (!saysAnything(text, tools)) return NOTHING;
    const { isEnglish, code } = tools.languageOf(text);
    if (!isEnglish) return byLists(text, tools, code ?? 'und')?.estimate ?? { kind: 'absent', reason: 'language', language: code };
    return (await this.#byModel(text, tools)) ?? byLists(text, tools, null)?.estimate ?? NOTHING;
  }

  /** null without a model, and for a text without a word. */
  async #byModel(text: string, tools: Tools): Promise<TextReading | null> {
    const encoded = tools.pieces?.encode(text);
    if (!this.session || !encoded || encoded.windows.length === 0) return null;
    const reading = await askModel(this.session, encoded);
    const lists = byLists(text, tools, null);
    return lists ? withLists(reading, lists, shareOfLists(text, encoded.chunks, tools)) : reading;
  }
}

const NOTHING: TextReading = { kind: 'absent', reason: 'no-text', language: null };

const byLists = (text: string, { lists, speller }: Tools, language: string | null): LexiconReading | null =>
  readLexicon(text, lists, speller, language);

/** Pages, mentions and tags are nobody's words. */
const ADDRESS = /https?:\/\/\S+|www\.\S+|@\S+/gu;

/** Letters, an emoji or a smiley; figures and punctuation alone say nothing. */
function saysAnything(text: string, { speller, lists }: Tools): boolean {
  if (/\p{L}/u.test(text.replace(ADDRESS, ' '))) return true;
  const signs = text.trim().slice(0, 200);
  return speller.namesIn(signs).length > 0 || signs.split(/\s+/).some((sign) => lists.valence.has(sign));
}
