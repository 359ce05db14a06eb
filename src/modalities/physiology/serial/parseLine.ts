/** Numbers of one line: by the names that stand beside them, or by their place. */
export type SerialLine =
  | { readonly kind: 'values'; readonly values: readonly number[] }
  | { readonly kind: 'named'; readonly values: Readonly<Record<string, number>>; readonly unit: string | null }
  /** A CSV header: names for the columns of the lines that follow. */
  | { readonly kind: 'header'; readonly names: readonly string[] };

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,2})?`;
const NAME = String.raw`[A-Za-z][A-Za-z0-9_ ]{0,30}?`;
const ONLY_NUMBERS = new RegExp(String.raw`^\s*${NUMBER}(?:\s*[,;\t ]\s*${NUMBER})*\s*[,;]?\s*$`, 'i');
const ALL_NUMBERS = new RegExp(NUMBER, 'gi');
const PAIR = new RegExp(String.raw`(${NAME})\s*[=:]\s*(${NUMBER})\s*(?:[*°]?\s*([A-Za-zµ%]{1,3})(?![A-Za-z0-9_]|\s*[=:]))?`, 'gi');
const LETTER = new RegExp(String.raw`^\s*([A-Za-z])(${NUMBER})\s*$`, 'i');
const FRAMED = new RegExp(String.raw`^\s*([A-Za-z][A-Za-z0-9_]*)\s*,\s*(${NUMBER})\s*,\s*END\s*;?\s*$`, 'i');
const HEADER = /^\s*[A-Za-z][A-Za-z0-9_ ()/%°µ]*(?:\s*[,;\t]\s*[A-Za-z][A-Za-z0-9_ ()/%°µ]*)+\s*$/;
const MOST_VALUES = 16;

const named = (entries: Iterable<readonly [string, number]>, unit: string | null = null): SerialLine | null => {
  const finite = [...entries].filter(([, value]) => Number.isFinite(value)).slice(0, MOST_VALUES);
  return finite.length > 0 ? { kind: 'named', values: Object.fromEntries(finite), unit } : null;
};

/** `{"gsr":512}`, and with the single quotes that hurried sketches print. Only numbers are read. */
function parseObject(line: string): SerialLine | null {
  const text = line.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return null;
  try {
    const parsed: unknown = JSON.parse(text.replaceAll("'", '"'));
    if (parsed === null || typeof parsed !== 'object') return null;
    return named(Object.entries(parsed).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  } catch (error) {
    // Half a line, or braces around something else: noise.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function parseNumbers(line: string): SerialLine | null {
  if (!ONLY_NUMBERS.test(line)) return null;
  const values = (line.match(ALL_NUMBERS) ?? []).map(Number).filter(Number.isFinite);
  return values.length > 0 && values.length <= MOST_VALUES ? { kind: 'values', values } : null;
}

function parseTagged(line: string): SerialLine | null {
  const match = LETTER.exec(line) ?? FRAMED.exec(line);
  return match ? named([[match[1] ?? '', Number(match[2])]]) : null;
}

function parsePairs(line: string): SerialLine | null {
  const pairs = [...line.matchAll(PAIR)];
  if (pairs.length === 0) return null;
  const unit = pairs.map((pair) => pair[3]).find((found) => found !== undefined) ?? null;
  return named(
    pairs.map((pair) => [(pair[1] ?? '').trim(), Number(pair[2])] as const),
    unit,
  );
}

function parseHeader(line: string): SerialLine | null {
  if (!HEADER.test(line)) return null;
  return { kind: 'header', names: line.split(/[,;\t]/).map((name) => name.trim()) };
}

/**
 * One line as common sketches print it: `512`, `512,78`, `GSR:512`, `sensorValue=512`, `GSR,512,END;`, `{"gsr":512}`, `S512`,
 * `Ambient = 24.1*C`, or a header `gsr,bpm`.
 * @returns null for noise
 */
export function parseLine(line: string): SerialLine | null {
  return parseNumbers(line) ?? parseObject(line) ?? parseTagged(line) ?? parsePairs(line) ?? parseHeader(line);
}
