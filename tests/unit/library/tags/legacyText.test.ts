import { expect, test } from 'vitest';
import { repairText } from '../../../../src/library/tags/legacyText';

const asLatin1 = (bytes: readonly number[]) => new TextDecoder('windows-1252').decode(Uint8Array.from(bytes));
const utf8 = (text: string) => [...new TextEncoder().encode(text)];

test.each([
  ['UTF-8', utf8('Café – Größe'), 'Café – Größe'],
  ['UTF-8 Japanese', utf8('夜に駆ける'), '夜に駆ける'],
  ['Shift-JIS', [0x82, 0xb3, 0x82, 0xad, 0x82, 0xe7, 0x20, 0x31], 'さくら 1'],
  ['CP1251', [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x2c, 0x20, 0xec, 0xe8, 0xf0], 'Привет, мир'],
  ['CP1251 in capitals', [0xca, 0xc8, 0xcd, 0xce, 0x20, 0x2d, 0x20, 0x31], 'КИНО - 1'],
])('%s read as Latin-1 is repaired', (_name, bytes, meant) => {
  expect(repairText(asLatin1(bytes))).toBe(meant);
});

test.each([
  'Plain ASCII',
  'Sigur Rós',
  'Ænima',
  'Motörhead – Ace of Spades',
  'Déjà vu',
  'À côté',
  'Ça ira',
  'Élan vital',
  'Åh',
  'Ñandú',
  'Für Elise „Bagatelle“',
  'Größenwahn',
  'Naïve Œuvre',
  'Привет',
  'さくら',
  'mañana ¿qué?',
  '¡Olé!',
  'Ågren & Öberg',
  '½ °C – £5',
])('%s stays', (text) => {
  expect(repairText(text)).toBe(text);
});
