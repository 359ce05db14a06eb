import type { EpochMs } from '../../../core/units';
import { toMessage, type Message } from './chat';

/**
 * A line that begins a message, as WhatsApp and others write them: `[31.12.23, 22:20:11] Ada: Hello`, `12/31/23, 10:20 PM - Ada: Hello`,
 * `2023-12-31 22:20 Ada: Hello`.
 */
const DATED =
  /^\u200e?\[?(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})[,\s]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[\s\u202f]*([ap])\.?\s?m\b\.?)?\]?\s*(?:[-–—]\s*)?(.*)$/i;
const NAMED = /^([^:]{1,60}):\s+(.*)$/s;

interface Stamp {
  readonly numbers: readonly [number, number, number];
  readonly seconds: number;
}

function stampOf(found: RegExpExecArray): Stamp {
  const n = (i: number) => Number(found[i] ?? 0);
  const half = found[7]?.toLowerCase();
  const hour = half === undefined ? n(4) : (n(4) % 12) + (half === 'p' ? 12 : 0);
  return { numbers: [n(1), n(2), n(3)], seconds: 3600 * hour + 60 * n(5) + n(6) };
}

/** Day or month first? A file that has a 13th or later on one side has told. */
function isMonthFirst(stamps: readonly Stamp[]): boolean {
  if (stamps.some(({ numbers: [first] }) => first > 12 && first < 32)) return false;
  return stamps.some(({ numbers: [, second] }) => second > 12);
}

/** The file's times are those of the place where it was written; they are taken for the time here. */
function timeOf({ numbers: [a, b, c], seconds }: Stamp, monthFirst: boolean): EpochMs {
  const [year, month, day] = a > 31 ? [a, b, c] : monthFirst ? [c, a, b] : [c, b, a];
  return new Date(year < 100 ? 2000 + year : year, month - 1, day, 0, 0, seconds).getTime();
}

interface Draft {
  readonly stamp: Stamp;
  text: string;
}

/** A messenger's log, in which a message may go over several lines; null when hardly a line looks like one. */
function readLog(lines: readonly string[]): readonly Message[] | null {
  const drafts: Draft[] = [];
  for (const line of lines) {
    const found = DATED.exec(line);
    const last = drafts.at(-1);
    if (found) drafts.push({ stamp: stampOf(found), text: found[8] ?? '' });
    else if (last) last.text += `\n${line}`;
  }
  if (drafts.length === 0 || drafts.length < lines.length / 20) return null;
  const monthFirst = isMonthFirst(drafts.map(({ stamp }) => stamp));
  return drafts.flatMap(({ stamp, text }) => {
    const [, author, said] = NAMED.exec(text) ?? [];
    // A line without a name is the messenger's own: "Ada changed the group's icon".
    const message = author === undefined ? null : toMessage(said, author, timeOf(stamp, monthFirst));
    return message ? [message] : [];
  });
}

/** A log of a messenger, or else a message per line. */
export function readPlain(text: string): readonly Message[] {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  return readLog(lines) ?? lines.flatMap((line) => toMessage(line, null, null) ?? []);
}
