import type { LyricsLine } from '../../core/music';
import type { Seconds } from '../../core/units';

export interface ParsedLyrics {
  /** ISO 639 code, lower case. */
  readonly language: string | null;
  /** All with a time, ascending, or all without. */
  readonly lines: readonly LyricsLine[];
}

const MAX_CHARACTERS = 200_000;
const MAX_LINES = 5000;
const MAX_LINE = 500;

/** [mm:ss], [mm:ss.xx], [mm:ss:xx], [h:mm:ss.xxx]; the last group is a fraction, whatever parts it. */
const TIME = String.raw`(?:(\d{1,2}):(?=\d{1,2}:\d{2}\.))?(\d{1,3}):(\d{1,2})(?:[.:,](\d{1,3}))?`;
const LEADING_TIME = new RegExp(String.raw`^\s*\[${TIME}\]`);
/** Times of single words (enhanced LRC). */
const WORD_TIME = /<\d{1,3}:\d{1,2}(?:[.:,]\d{1,3})?>/g;
/** What LRC files say of themselves; "[Chorus]" and "[Verse 1: …]" are text. */
const ID_LINE = /^\s*\[(ar|ti|al|au|by|offset|re|ve|length|la|lang|language|lr|tool|id|encoding|#):([^\]]*)\]?\s*$/i;
const LANGUAGE = /^[a-z]{2,3}(?=$|[-_])/;
/** Codes that say nothing. */
const NO_LANGUAGE = new Set(['xxx', 'und', 'zxx', 'mul']);
const UNPRINTABLE = /[\p{Cc}\u200b\u2060\ufeff]+/gu;

/** The code of a language in lower case, null when it is none. */
export function toLanguage(code: string | undefined): string | null {
  const language = LANGUAGE.exec(code?.trim().toLowerCase() ?? '')?.[0];
  return language === undefined || NO_LANGUAGE.has(language) ? null : language;
}

/** One clean line of lyrics, at most 500 characters. */
export function cleanLine(text: string): string {
  return text.replace(WORD_TIME, '').replace(UNPRINTABLE, ' ').replace(/ {2,}/g, ' ').trim().slice(0, MAX_LINE);
}

function toSeconds([, hours = '0', minutes = '0', seconds = '0', fraction = '']: RegExpExecArray): Seconds {
  return 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds) + Number(`0.${fraction || '0'}`);
}

interface Timed {
  readonly at: Seconds;
  readonly text: string;
}

/** A line as often as it has times. */
function splitTimes(line: string): readonly Timed[] {
  const times: Seconds[] = [];
  let rest = line;
  for (let match = LEADING_TIME.exec(rest); match && times.length < 100; match = LEADING_TIME.exec(rest)) {
    times.push(toSeconds(match));
    rest = rest.slice(match[0].length);
  }
  const text = cleanLine(rest);
  return times.map((at) => ({ at, text }));
}

/** Synced lines in the order of their times, never before the start of the song. @param shift s, added to each time */
export function toSyncedLines(timed: readonly Timed[], shift: Seconds = 0): readonly LyricsLine[] {
  const lines = timed.slice(0, MAX_LINES).map(({ at, text }) => ({ at: Math.max(0, Math.round((at + shift) * 1000) / 1000), text }));
  return lines.some(({ text }) => text !== '') ? lines.sort((a, b) => a.at - b.at) : [];
}

/** Lines without times: outer empty lines go, inner ones shrink to one. */
function toPlainLines(texts: readonly string[]): readonly LyricsLine[] {
  const lines: LyricsLine[] = [];
  for (const raw of texts) {
    const text = cleanLine(raw);
    if (text !== '' || (lines.length > 0 && lines.at(-1)?.text !== '')) lines.push({ at: null, text });
    if (lines.length >= MAX_LINES) break;
  }
  if (lines.at(-1)?.text === '') lines.pop();
  return lines;
}

interface Sheet {
  readonly timed: Timed[];
  readonly plain: string[];
  language: string | null;
  offsetMs: number;
}

function readLine(line: string, sheet: Sheet): void {
  const [, id = '', value = ''] = ID_LINE.exec(line) ?? [];
  if (/^offset$/i.test(id)) sheet.offsetMs = Number(value.trim()) || 0;
  if (/^la/i.test(id)) sheet.language = toLanguage(value);
  if (id !== '') return;
  const times = splitTimes(line);
  if (times.length > 0) sheet.timed.push(...times);
  else sheet.plain.push(line);
}

/**
 * Reads lyrics as LRC (https://en.wikipedia.org/wiki/LRC_(file_format)), or as plain text when no line has a time. In synced lyrics,
 * lines without a time are dropped. Reads the first 200,000 characters and 5,000 lines.
 * @returns null when no words are left
 */
export function parseLyrics(text: string): ParsedLyrics | null {
  const sheet: Sheet = { timed: [], plain: [], language: null, offsetMs: 0 };
  for (const line of text.slice(0, MAX_CHARACTERS).split(/\r\n|\r|\n|\u2028|\u2029/)) readLine(line, sheet);
  const { timed, plain, language, offsetMs } = sheet;
  // A positive offset lets lyrics appear sooner.
  const lines = timed.length > 0 ? toSyncedLines(timed, -offsetMs / 1000) : toPlainLines(plain);
  return lines.length > 0 ? { language, lines } : null;
}
