import { describe, expect, test } from 'vitest';
import { QUADRANTS } from '../../../../src/core/music';
import { composePart, degreePitch } from '../../../../src/library/demo/composePiece';
import { DEMO_PIECES, demoPiece } from '../../../../src/library/demo/demoPieces';
import { encodeWav } from '../../../../src/library/demo/encodeWav';
import { renderPiece } from '../../../../src/library/demo/synthesisePiece';
import { decodeBlocks } from '../../../../src/library/decode';

const seconds = (index: number) => {
  const { bars, tempo } = demoPiece(index).spec;
  return (bars * 240) / tempo;
};
/** The first bars of a piece: enough to judge, quick to render. */
const excerpt = (index: number, bars = 1) => renderPiece({ ...demoPiece(index).spec, bars });

describe('the sixteen pieces', () => {
  test('four were written for each quadrant, all named, all of half a minute or more', () => {
    for (const quadrant of QUADRANTS) expect(DEMO_PIECES.filter(({ spec }) => spec.intended === quadrant)).toHaveLength(4);
    expect(new Set(DEMO_PIECES.map(({ tags }) => tags.title)).size).toBe(16);
    expect(new Set(DEMO_PIECES.map(({ spec }) => spec.seed)).size).toBe(16);
    DEMO_PIECES.forEach((_, index) => {
      expect(seconds(index)).toBeGreaterThan(28);
      expect(seconds(index)).toBeLessThan(60);
    });
    expect(() => demoPiece(16)).toThrow('no demo piece 16');
  });

  test.each(DEMO_PIECES.map(({ tags }, index) => [tags.title, index] as const))(
    '%s: whole numbers of notes in tune and in time',
    (_, index) => {
      const { spec } = demoPiece(index);
      for (const part of spec.parts) {
        const notes = composePart(spec, part);
        expect(notes.length).toBeGreaterThan(0);
        for (const { at, length, pitch, velocity } of notes) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThan(seconds(index));
          expect(length).toBeGreaterThan(0);
          expect(Number.isInteger(pitch) && pitch > 20 && pitch < 110).toBe(true);
          expect(velocity).toBeLessThanOrEqual(1);
        }
      }
    },
  );

  test.each([0, 4, 8, 12])('piece %i sounds, stays in range, and is the same each time', (index) => {
    const first = excerpt(index, 2);
    const { gain } = demoPiece(index).spec;
    for (const channel of [first.left, first.right]) {
      const peak = channel.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
      expect(peak).toBeLessThanOrEqual(gain + 1e-6);
      expect(peak).toBeGreaterThan(0.3 * gain);
      expect(channel.every(Number.isFinite)).toBe(true);
    }
    const again = excerpt(index, 2);
    expect(again.left.every((x, i) => x === first.left[i])).toBe(true);
  });
});

test('degrees go up the scale and on into other octaves', () => {
  const { spec } = demoPiece(0); // C major
  expect([0, 1, 2, 6, 7, -1].map((degree) => degreePitch(spec, degree, 4))).toEqual([60, 62, 64, 71, 72, 59]);
});

test('the WAV decodes to what was rendered', async () => {
  const stereo = excerpt(8, 1);
  const blocks = [];
  for await (const block of decodeBlocks(new Blob([encodeWav(stereo)]))) blocks.push(block);
  const left = blocks.flatMap(({ channels }) => Array.from(channels[0] as Float32Array));
  expect(blocks[0]?.sampleRate).toBe(stereo.sampleRate);
  expect(left).toHaveLength(stereo.left.length);
  const worst = left.reduce((largest, x, i) => Math.max(largest, Math.abs(x - (stereo.left[i] ?? 0))), 0);
  expect(worst).toBeLessThan(1 / 16_000);
});
