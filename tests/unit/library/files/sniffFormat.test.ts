import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import { id3Length, sniffFormat } from '../../../../src/library/files/sniffFormat';
import { id3Tag, textFrame } from '../../../support/id3';

const fixture = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, '../../../fixtures/audio', name)));
const ascii = (text: string) => Uint8Array.from(text.padEnd(64, '\0'), (char) => char.charCodeAt(0));

describe('sniffFormat', () => {
  test.each([
    ['tune.mp3', 'audio/mpeg'],
    ['tune.m4a', 'audio/mp4'],
    ['tune.flac', 'audio/flac'],
    ['tune.ogg', 'audio/ogg'],
    ['tune.opus', 'audio/ogg'],
  ])('%s is %s', (name, mimeType) => {
    const bytes = fixture(name);
    expect(sniffFormat(bytes.subarray(id3Length(bytes)))).toEqual({ mimeType, decodable: true });
  });

  test.each([
    ['RIFF\0\0\0\0WAVEfmt ', 'audio/wav', true],
    ['FORM\0\0\0\0AIFFCOMM', 'audio/aiff', false],
    ['wvpk', 'audio/x-wavpack', false],
    ['\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'audio/x-ms-wma', false],
  ])('%j', (start, mimeType, decodable) => {
    expect(sniffFormat(ascii(start))).toEqual({ mimeType, decodable });
  });

  test.each([
    '',
    'hello, I am a text',
    '%PDF-1.4',
    'PK\x03\x04',
    '\x89PNG\r\n',
    'RIFF\0\0\0\0AVI LIST',
    'MThd\0\0\0\x06',
    '\xff\xd8\xff\xe0\0\x10JFIF',
  ])('%j is no sound', (start) => {
    expect(sniffFormat(ascii(start))).toBeNull();
  });

  test('random bytes, with all the sync words that fall into them, are no sound', () => {
    const random = seededRandom(5);
    for (let file = 0; file < 20; file++) {
      expect(sniffFormat(Uint8Array.from({ length: 4096 }, () => Math.floor(random() * 256)))).toBeNull();
    }
  });

  test('raw AAC in ADTS frames', () => {
    const frame = Uint8Array.from({ length: 200 }, (_, i) => [0xff, 0xf1, 0x50, 0x80, 200 >> 3, (200 & 7) << 5, 0][i] ?? 0x21);
    expect(sniffFormat(Uint8Array.of(...frame, ...frame))).toMatchObject({ mimeType: 'audio/aac' });
  });
});

describe('id3Length', () => {
  test('is the length of the whole tag', () => {
    const tag = id3Tag([textFrame('TIT2', 'x'.repeat(300))]);
    expect(id3Length(tag)).toBe(tag.length);
    expect(id3Length(ascii('fLaC'))).toBe(0);
    expect(id3Length(new Uint8Array(4))).toBe(0);
  });
});
