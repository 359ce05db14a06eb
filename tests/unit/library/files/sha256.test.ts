import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import { Sha256 } from '../../../../src/library/files/sha256';

const bytes = (length: number) => {
  const random = seededRandom(length + 1);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
};
const reference = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

test('the examples of FIPS 180-4', () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  expect(new Sha256().hex()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(new Sha256().update(encode('abc')).hex()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test.each([1, 55, 56, 63, 64, 65, 119, 120, 1000, 65_537])('%i bytes, at once', (length) => {
  expect(new Sha256().update(bytes(length)).hex()).toBe(reference(bytes(length)));
});

test.each([1, 7, 63, 64, 100])('in pieces of %i bytes', (piece) => {
  const data = bytes(1000);
  const hash = new Sha256();
  for (let at = 0; at < data.length; at += piece) hash.update(data.subarray(at, at + piece));
  expect(hash.hex()).toBe(reference(data));
});
