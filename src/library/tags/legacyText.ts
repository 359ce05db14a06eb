type Bytes = Uint8Array<ArrayBuffer>;

/** What CP1252 puts at 0x80..0x9f, as parsers give it for "Latin-1"; bytes without a character stay control characters. */
const HIGH = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i));
const BYTE_OF = new Map(Array.from(HIGH, (char, i) => [char, 0x80 + i]));

/** The bytes behind a text that was read as Latin-1 or CP1252; null when it has characters that neither knows. */
function toBytes(text: string): Bytes | null {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const byte = code < 0x100 ? code : BYTE_OF.get(text.charAt(i));
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return bytes;
}

function decodeStrictly(bytes: Bytes, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Two kana in a row, and nothing but what Japanese titles are made of: chance does not write that. */
function readShiftJis(bytes: Bytes): string | null {
  const text = decodeStrictly(bytes, 'shift_jis');
  if (text === null || !/[\u3041-\u3096\u30a1-\u30fa][\u3041-\u3096\u30a1-\u30fc]/.test(text)) return null;
  return /^[\x20-\x7e\s\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60\u2010-\u2027\u2190-\u25ff\u266a-\u266f×÷±]*$/.test(text) ? text : null;
}

const LETTERS = /[A-Za-z\u00c0-\u00ff]+/g;
const CYRILLIC_WORD = /^[А-ЯЁ]?[а-яё]+$|^[А-ЯЁ]+$/;

/** Words written in nothing but accented letters: no Western language has them, and all Cyrillic ones look so. */
function readCp1251(bytes: Bytes): string | null {
  const western = new TextDecoder('windows-1252').decode(bytes);
  const words = western.match(LETTERS) ?? [];
  const foreign = words.filter((word) => /^[\u00c0-\u00ff]+$/.test(word));
  const mixed = words.filter((word) => /[\u00c0-\u00ff]/.test(word) && /[A-Za-z]/.test(word));
  if (mixed.length > 0 || !foreign.some((word) => word.length >= 4)) return null;
  const text = new TextDecoder('windows-1251').decode(bytes);
  const cyrillic = text.match(/[\u0400-\u04ff]+/g) ?? [];
  return cyrillic.every((word) => CYRILLIC_WORD.test(word)) ? text : null;
}

/** Text of bytes that are not UTF-8: Shift-JIS or CP1251 where that is beyond doubt, else CP1252. */
export function decodeLegacy(bytes: Bytes): string {
  return readShiftJis(bytes) ?? readCp1251(bytes) ?? new TextDecoder('windows-1252').decode(bytes);
}

/**
 * Undoes a wrong reading as Latin-1, which old ID3 tags invite: text that is UTF-8, Shift-JIS or CP1251 beyond doubt becomes what was
 * meant, all other text stays. Chinese and Korean encodings cannot be told apart in a short title and are left alone.
 */
export function repairText(text: string): string {
  if (!/[\x80-\uffff]/.test(text)) return text;
  const bytes = toBytes(text);
  if (bytes === null) return text;
  return decodeStrictly(bytes, 'utf-8') ?? readShiftJis(bytes) ?? readCp1251(bytes) ?? text;
}
