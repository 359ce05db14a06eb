import { AppError } from '../../../core/errors';
import type { Message } from './chat';
import { readPlain } from './readPlain';
import { readCsv, readJson } from './readRecords';

/** About sixty thousand messages; more would keep the page waiting. */
export const LARGEST_CHAT = 5_000_000;
/** Control characters, but for tabs and line ends. */
const BINARY = /(?![\t-\r])\p{Cc}|\ufffd/gu;

/** The text of a file in UTF-8 or UTF-16; null when it is no text. */
function decode(bytes: Uint8Array): string | null {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  return (text.match(BINARY)?.length ?? 0) > text.length / 50 ? null : text;
}

function readJsonFile(text: string): readonly Message[] {
  try {
    return readJson(text);
  } catch (cause) {
    throw new AppError('chat/damaged', 'it looks like JSON and is none', { cause });
  }
}

const looksLikeJson = (name: string, text: string) => /\.json$/i.test(name) || /^\s*[[{]\s*["[{\]}]/.test(text);

/** @returns null for a table without a column of texts */
function readAs(name: string, text: string): readonly Message[] | null {
  if (looksLikeJson(name, text)) return readJsonFile(text);
  return /\.(csv|tsv)$/i.test(name) ? readCsv(text) : readPlain(text);
}

/**
 * The messages in an export: a messenger's log, a table, a JSON file, or a text with a message per line.
 * @param name the file's name, for its ending
 * @throws AppError 'chat/…' with what is wrong
 */
export function readChat(name: string, bytes: Uint8Array): readonly Message[] {
  if (bytes.length > LARGEST_CHAT) throw new AppError('chat/too-large', `${bytes.length} bytes`);
  const text = decode(bytes);
  if (text === null) throw new AppError('chat/unknown-format', 'it is no text');
  const messages = readAs(name, text);
  if (messages === null) throw new AppError('chat/no-text-column', 'no column is known to hold texts');
  if (messages.length === 0) throw new AppError('chat/empty', 'nothing in it is a message');
  return messages;
}
