import { Tokenizer } from '@huggingface/tokenizers';
import { AppError } from '../../../core/errors';
import { chunksOf, type Chunk, type Speller } from './spell';

/** The model's longest input, [CLS] and [SEP] included. */
export const LONGEST_INPUT = 128;
const PIECES_PER_WINDOW = LONGEST_INPUT - 2;
/** About three thousand words; a text that is longer is read so far. */
export const MOST_WINDOWS = 32;
/** More characters between two spaces than this are no word; the tokenizer would know none of them. */
const LONGEST_CHUNK = 1000;
/** Beginning a new window after the end of a sentence is worth leaving this share of the old one empty. */
const SENTENCE_SLACK = 0.3;
const SENTENCE_END = /[.!?…]["')\]]*$/;

/** Word pieces of a stretch of text, as the model takes them. */
export interface TextWindow {
  /** [tokens] numbers of the pieces as floats, [CLS] first and [SEP] last. */
  readonly ids: Float32Array;
  /** [tokens] which of the text's chunks a piece belongs to; -1 for [CLS] and [SEP]. */
  readonly owners: Int32Array;
}

export interface EncodedText {
  readonly windows: readonly TextWindow[];
  readonly chunks: readonly Chunk[];
  /** Pieces that the vocabulary knows, of all. */
  readonly pieces: number;
  readonly unknown: number;
  /** Where reading stopped (UTF-16 units); null when all was read. */
  readonly readTo: number | null;
}

interface Special {
  readonly start: number;
  readonly end: number;
  readonly unknown: number;
}

function specialOf(tokenizer: Tokenizer): Special {
  const number = (token: string): number => {
    const id = tokenizer.token_to_id(token);
    if (id === undefined) throw new AppError('model/manifest-invalid', `the tokenizer has no ${token}`);
    return id;
  };
  return { start: number('[CLS]'), end: number('[SEP]'), unknown: number('[UNK]') };
}

/** Texts as the numbers of their word pieces (WordPiece, Schuster & Nakajima 2012), in windows that a model can read. */
export class WordPieces {
  readonly #tokenizer: Tokenizer;
  readonly #special: Special;

  /**
   * @param json the contents of a tokenizer.json
   * @throws AppError 'model/manifest-invalid'
   */
  constructor(
    json: string,
    private readonly speller: Speller,
  ) {
    try {
      this.#tokenizer = new Tokenizer(JSON.parse(json) as object, { tokenizer_class: 'BertTokenizer' });
    } catch (cause) {
      throw new AppError('model/manifest-invalid', 'the tokenizer cannot be read', { cause });
    }
    this.#special = specialOf(this.#tokenizer);
  }

  encode(text: string): EncodedText {
    const chunks: Chunk[] = [];
    const windows: TextWindow[] = [];
    let window = new OpenWindow(this.#special);
    let pieces = 0;
    let unknown = 0;
    for (const chunk of chunksOf(text)) {
      const ids = this.#piecesOf(chunk);
      if (!window.hasRoom(ids.length)) {
        windows.push(window.close());
        window = new OpenWindow(this.#special);
      }
      if (windows.length >= MOST_WINDOWS) return { windows, chunks, pieces, unknown, readTo: chunk.from };
      window.add(ids, chunks.push(chunk) - 1, SENTENCE_END.test(chunk.text));
      pieces += ids.length;
      unknown += ids.filter((id) => id === this.#special.unknown).length;
    }
    if (!window.isEmpty) windows.push(window.close());
    return { windows, chunks, pieces, unknown, readTo: null };
  }

  #piecesOf({ text }: Chunk): readonly number[] {
    if (text.length > LONGEST_CHUNK) return [this.#special.unknown];
    return this.#tokenizer.encode(this.speller.spell(text), { add_special_tokens: false }).ids.slice(0, PIECES_PER_WINDOW);
  }
}

class OpenWindow {
  readonly #ids: number[] = [];
  readonly #owners: number[] = [];
  #endsSentence = false;

  constructor(private readonly special: Special) {}

  get isEmpty(): boolean {
    return this.#ids.length === 0;
  }

  hasRoom(count: number): boolean {
    const filled = this.#ids.length;
    if (this.#endsSentence && filled > PIECES_PER_WINDOW * (1 - SENTENCE_SLACK)) return false;
    return filled + count <= PIECES_PER_WINDOW;
  }

  add(ids: readonly number[], owner: number, endsSentence: boolean): void {
    this.#ids.push(...ids);
    for (let i = 0; i < ids.length; i++) this.#owners.push(owner);
    this.#endsSentence = endsSentence;
  }

  close(): TextWindow {
    return {
      ids: Float32Array.from([this.special.start, ...this.#ids, this.special.end]),
      owners: Int32Array.from([-1, ...this.#owners, -1]),
    };
  }
}
