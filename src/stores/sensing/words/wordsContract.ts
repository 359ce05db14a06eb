import type { ErrorCode } from '../../../core/errors';
import type { EmotionProbabilities } from '../../../core/emotion';
import type { LyricsLine } from '../../../core/music';
import type { LyricsReading } from '../../listening/library/lyricsContract';
import type { EpochMs } from '../../../core/units';
import type { TextEstimate, WrittenEntry } from '../../../core/records/writtenEntry';

/** Somebody who wrote in an export. */
export interface ChatAuthor {
  /** null: the file names nobody. */
  readonly name: string | null;
  readonly messages: number;
}

export interface ChatMessage {
  /** null: the file tells no time. */
  readonly at: EpochMs | null;
  readonly author: string | null;
  readonly text: string;
}

/** What the messages of one author say together. */
export interface ChatSummary {
  readonly author: string | null;
  readonly messages: number;
  /** Those that could be read. */
  readonly read: number;
  /** Mean over those that were read; null when none could. */
  readonly probabilities: EmotionProbabilities | null;
  /** The clearest messages, in their order. */
  readonly clearest: readonly { readonly message: ChatMessage; readonly reading: TextEstimate }[];
}

export type ChatState =
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly name: string; readonly code: ErrorCode }
  | {
      readonly kind: 'open';
      readonly name: string;
      /** Most messages first. */
      readonly authors: readonly ChatAuthor[];
      readonly messages: number;
      /** The first few, as a preview. */
      readonly preview: readonly ChatMessage[];
      /** Messages read so far of how many; null while none are being read. */
      readonly reading: { readonly done: number; readonly of: number } | null;
      readonly summary: ChatSummary | null;
    };

/** A file of messages, opened on the page, read when the user says whose words count, and forgotten when it is closed. */
export interface ChatContract {
  readonly state: ChatState;
  open(file: File): Promise<void>;
  /** The latest messages of one author. */
  read(author: string | null): Promise<void>;
  /** Ends reading. */
  stop(): void;
  /** Drops what was read; the file stays open for another author. */
  askAgain(): void;
  close(): void;
}

/** What the user writes down, and what it says of their feeling. */
export interface WordsContract {
  /** Of the last day, oldest first. */
  readonly entries: readonly WrittenEntry[];
  /** Not sent off yet; it survives a reload. */
  readonly draft: string;
  readonly chat: ChatContract;
  setDraft(text: string): void;
  /** Writes an entry; blank text is none. */
  write(text: string): Promise<void>;
  edit(at: EpochMs, text: string): Promise<void>;
  remove(at: EpochMs): Promise<void>;
  /** null when the lines could not be read; the user was told. */
  readLyrics(lines: readonly LyricsLine[], signal?: AbortSignal): Promise<LyricsReading | null>;
}
