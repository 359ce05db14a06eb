import { decodeLegacy } from '../tags/legacyText';

type Bytes = Uint8Array<ArrayBuffer>;

const MARKS: readonly { readonly mark: readonly number[]; readonly encoding: string }[] = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** UTF-16 without a mark: Western text has a zero in every other byte. */
function guessUtf16(bytes: Bytes): string | null {
  const zeros: [number, number] = [0, 0];
  const length = Math.min(bytes.length, 2000) & ~1;
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i & 1 ? 1 : 0]++;
  if (zeros[1] > length / 5 && zeros[0] < length / 50) return 'utf-16le';
  return zeros[0] > length / 5 && zeros[1] < length / 50 ? 'utf-16be' : null;
}

function decodeStrictly(bytes: Bytes, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Control characters, but for tabs, line ends and form feeds, which belong to texts. */
const BINARY = /(?![\t-\r\u0080-\u009f])\p{Cc}/gu;

/**
 * The text of a file in UTF-8, UTF-16 or, where that is beyond doubt, Shift-JIS or CP1251; else it is taken for CP1252.
 * @returns null when the file is no text
 */
export function decodeText(bytes: Bytes): string | null {
  const marked = MARKS.find(({ mark }) => mark.every((byte, i) => bytes[i] === byte));
  const encoding = marked?.encoding ?? guessUtf16(bytes);
  const text =
    encoding === null ? (decodeStrictly(bytes, 'utf-8') ?? decodeLegacy(bytes)) : new TextDecoder(encoding, { fatal: false }).decode(bytes);
  const binary = text.match(BINARY)?.length ?? 0;
  return binary > text.length / 100 ? null : text;
}
