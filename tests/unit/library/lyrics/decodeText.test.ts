import { expect, test } from 'vitest';
import { decodeText } from '../../../../src/library/lyrics/decodeText';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, littleEndian: boolean, mark: boolean) => {
  const bytes = new Uint8Array(2 * (text.length + (mark ? 1 : 0)));
  const view = new DataView(bytes.buffer);
  Array.from(mark ? `\ufeff${text}` : text).forEach((char, i) => view.setUint16(2 * i, char.charCodeAt(0), littleEndian));
  return bytes;
};
const WORDS = '[00:01.00]Grüße, 愛してる\n[00:02.00]and a line in English\n';

test.each([
  ['UTF-8', utf8(WORDS), WORDS],
  ['UTF-8 with a mark', utf8(`\ufeff${WORDS}`), WORDS],
  ['UTF-16 LE with a mark', utf16(WORDS, true, true), WORDS],
  ['UTF-16 BE with a mark', utf16(WORDS, false, true), WORDS],
  ['UTF-16 LE without', utf16('[00:01.00]Hello there', true, false), '[00:01.00]Hello there'],
  ['UTF-16 BE without', utf16('[00:01.00]Hello there', false, false), '[00:01.00]Hello there'],
  ['CP1252', Uint8Array.of(0x47, 0x72, 0xfc, 0xdf, 0x65), 'Grüße'],
  ['CP1251', Uint8Array.of(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2), 'Привет'],
  ['Shift-JIS', Uint8Array.of(0x82, 0xb3, 0x82, 0xad, 0x82, 0xe7), 'さくら'],
  ['nothing', new Uint8Array(0), ''],
])('%s', (_name, bytes, text) => {
  expect(decodeText(bytes)).toBe(text);
});

test('a file that is no text is none', () => {
  expect(decodeText(Uint8Array.from({ length: 500 }, (_, i) => (i * 7) % 32))).toBeNull();
  expect(decodeText(new Uint8Array(500))).toBeNull();
});
