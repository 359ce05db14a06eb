import type { EpochMs, Milliseconds } from '../../../../core/units';

export type ParsedTime =
  | { readonly kind: 'date'; readonly at: EpochMs }
  /** Since the start of the recording. */
  | { readonly kind: 'elapsed'; readonly after: Milliseconds };

const DATE = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)? ?(Z|UTC|[+-]\d{2}:?\d{2})?$/;
const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})[T ]+(\d{1,2}):(\d{2}):(\d{2})(?: ?([AP]M))?$/i;
const CLOCK = /^(\d{1,3}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?$/;

/** Offset of a written time zone; null when the text names none. */
function zoneOf(text: string | undefined): Milliseconds | null {
  if (text === undefined || text === '') return null;
  const parts = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  if (!parts) return 0;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return (parts[1] === '-' ? -minutes : minutes) * 60_000;
}

const fraction = (digits: string | undefined): Milliseconds => (digits ? Number(`0.${digits}`) * 1000 : 0);

/** Numbers of the first six groups; 0 for those that are not there. */
function numbers(parts: RegExpExecArray): Six {
  return Array.from({ length: 6 }, (_, i) => Number(parts[1 + i] ?? 0)) as unknown as Six;
}
type Six = readonly [number, number, number, number, number, number];

interface Fields {
  readonly date: readonly [year: number, month: number, day: number];
  readonly clock: readonly [hours: number, minutes: number, seconds: number];
  readonly zone: Milliseconds | null;
}

/** Without a zone the time is that of the reader's clock, as exports without one mean it. */
function toEpoch({ date: [year, month, day], clock: [hours, minutes, seconds], zone }: Fields): EpochMs | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hours > 24 || minutes > 59 || seconds > 60) return null;
  if (zone !== null) return Date.UTC(year, month - 1, day, hours, minutes, seconds) - zone;
  return new Date(year, month - 1, day, hours, minutes, seconds).getTime();
}

/** `2023-01-15 08:12:33 +0100`, ISO 8601, or a date alone. @param zone of a text that names none; null: the reader's own */
export function parseDate(text: string, zone: Milliseconds | null = null): EpochMs | null {
  const parts = DATE.exec(text);
  if (!parts) return null;
  const [year, month, day, hours, minutes, seconds] = numbers(parts);
  const at = toEpoch({ date: [year, month, day], clock: [hours, minutes, seconds], zone: zoneOf(parts[8]) ?? zone });
  return at === null ? null : at + fraction(parts[7]);
}

/** `01/15/23 08:00:05` or `1/15/2023 8:00:05 PM`, month first. */
export function parseAmericanDate(text: string, zone: Milliseconds | null = null): EpochMs | null {
  const parts = AMERICAN.exec(text);
  if (!parts) return null;
  const [month, day, year, hour, minutes, seconds] = numbers(parts);
  const half = parts[7]?.toUpperCase();
  const hours = half === undefined ? hour : (hour % 12) + (half === 'PM' ? 12 : 0);
  return toEpoch({ date: [year < 100 ? 2000 + year : year, month, day], clock: [hours, minutes, seconds], zone });
}

/** `01:23:45.6` since a start or since midnight. */
export function parseClock(text: string): Milliseconds | null {
  const parts = CLOCK.exec(text);
  if (!parts) return null;
  const [hours, minutes, seconds] = numbers(parts);
  return minutes > 59 || seconds > 60 ? null : ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction(parts[4]);
}

/** Numbers are dates from 2001 on when they are large enough: in seconds, milliseconds, microseconds or nanoseconds. */
function parseNumber(value: number): ParsedTime | null {
  if (value < 0) return null;
  if (value < 1e8) return { kind: 'elapsed', after: value * 1000 };
  const scale = [1e11, 1e14, 1e17].findIndex((limit) => value < limit);
  return { kind: 'date', at: scale < 0 ? value / 1e6 : value * (1000 / 1000 ** scale) };
}

/** Any of the above; a number below 10⁸ is seconds since the start. Null for anything else. */
export function parseTime(text: string): ParsedTime | null {
  if (text !== '' && Number.isFinite(Number(text))) return parseNumber(Number(text));
  const at = parseDate(text) ?? parseAmericanDate(text);
  if (at !== null) return { kind: 'date', at };
  const after = parseClock(text);
  return after === null ? null : { kind: 'elapsed', after };
}
