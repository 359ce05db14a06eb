import Papa from 'papaparse';
import type { EpochMs } from '../../../core/units';
import { toMessage, type Message } from './chat';

/** What the parts of a message are called in exports; lower case, first hit wins. */
const TEXT = ['text', 'message', 'content', 'body', 'msg', 'entry', 'note'];
const AUTHOR = ['author', 'from', 'sender', 'sender_name', 'user', 'username', 'name', 'who'];
const TIME = ['timestamp', 'timestamp_ms', 'date', 'datetime', 'time', 'created_at', 'sent_at', 'at', 'ts'];
const MOST_DEPTH = 6;

type Fields = ReadonlyMap<string, unknown>;

const pick = (fields: Fields, names: readonly string[]): unknown =>
  names.map((name) => fields.get(name)).find((value) => value !== undefined && value !== '');

/** Telegram writes a message with links as a list of pieces. */
function flatten(value: unknown): unknown {
  if (Array.isArray(value))
    return value
      .map((part: unknown) => flatten(part))
      .filter((part) => typeof part === 'string')
      .join('');
  if (typeof value === 'object' && value !== null) return 'text' in value ? flatten(value.text) : nameIn(value);
  return value;
}

function nameIn(value: object): unknown {
  const fields: Fields = new Map(Object.entries(value));
  return pick(fields, ['name', 'username', 'nickname', 'global_name']);
}

/** Seconds or milliseconds since 1970, or a date in words; null for anything else. */
function timeOf(value: unknown): EpochMs | null {
  const number = typeof value === 'string' && /^\d{9,13}(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number === 'number') return number > 1e11 ? number : number * 1000;
  const parsed = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isFinite(parsed) ? parsed : null;
}

function readFields(record: object): Message | null {
  const fields: Fields = new Map(Object.entries(record).map(([name, value]) => [name.trim().toLowerCase(), value as unknown]));
  return toMessage(flatten(pick(fields, TEXT)), flatten(pick(fields, AUTHOR)), timeOf(pick(fields, TIME)));
}

/** The longest list of messages anywhere in the file: exports wrap it in all kinds of envelopes. */
function messagesIn(value: unknown, depth: number): readonly Message[] {
  if (depth > MOST_DEPTH || typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? value.flatMap((one: unknown) => fromItem(one) ?? []) : [];
  const parts: readonly unknown[] = own.length > 0 ? [] : Object.values(value);
  return parts.reduce<readonly Message[]>((best, part) => {
    const found = messagesIn(part, depth + 1);
    return found.length > best.length ? found : best;
  }, own);
}

function fromItem(item: unknown): Message | null {
  if (typeof item === 'string') return toMessage(item, null, null);
  return typeof item === 'object' && item !== null && !Array.isArray(item) ? readFields(item) : null;
}

/** @throws SyntaxError when it is no JSON */
export const readJson = (text: string): readonly Message[] => messagesIn(JSON.parse(text) as unknown, 0);

/** A table with a heading that names a column of texts; a single column needs no heading. null when there is no such column. */
export function readCsv(text: string): readonly Message[] | null {
  const { data } = Papa.parse<Record<string, unknown>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim().toLowerCase(),
  });
  const [first] = data;
  if (!first || !Object.keys(first).some((name) => TEXT.includes(name))) return null;
  return data.flatMap((row) => readFields(row) ?? []);
}
