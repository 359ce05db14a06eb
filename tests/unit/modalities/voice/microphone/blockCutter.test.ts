import { describe, expect, test } from 'vitest';
import { BlockCutter, type CutBlock } from '../../../../../src/modalities/voice/microphone/blockCutter';

const tone = (hertz: number, rate: number, n: number, from = 0) =>
  Float32Array.from({ length: n }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * (from + i)) / rate));

function cut(rate: number, hertz: number, seconds: number, length: number): CutBlock[] {
  const cutter = new BlockCutter(rate);
  const blocks: CutBlock[] = [];
  for (let frame = 0; frame + length <= seconds * rate; frame += length) {
    blocks.push(...cutter.push({ pcm: tone(hertz, rate, length, frame) as Float32Array<ArrayBuffer>, frame }));
  }
  return blocks;
}
const levelOf = (blocks: readonly CutBlock[]) => {
  const samples = blocks.slice(2, -1).flatMap(({ pcm }) => Array.from(pcm));
  return 20 * Math.log10(Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length) || 1e-9);
};

describe.each([16_000, 44_100, 48_000, 8000])('a context at %d Hz', (rate) => {
  test('gives whole blocks that follow each other, with the time of their last sample', () => {
    const blocks = cut(rate, 300, 2, 480);
    expect(blocks.length).toBe(20);
    expect(blocks.every(({ pcm }) => pcm.length === 1536)).toBe(true);
    expect(blocks.map(({ sampleTime }) => sampleTime)).toEqual(blocks.map((_, i) => 1536 * i));
    // Within the few samples that the filter waits for.
    for (const [i, { endsAt }] of blocks.entries()) expect(Math.abs(endsAt - 96 * (i + 1))).toBeLessThan(8);
  });

  test('keeps the level of a tone in the band', () => expect(levelOf(cut(rate, 1000, 1, 512))).toBeCloseTo(-9.03, 1));
});

test('what lies above the band does not fold into it', () => expect(levelOf(cut(48_000, 12_000, 1, 512))).toBeLessThan(-75));

test('sound on both sides of a hole is not joined', () => {
  const cutter = new BlockCutter(16_000);
  const chunk = (frame: number, n: number) => ({ pcm: tone(200, 16_000, n, frame) as Float32Array<ArrayBuffer>, frame });
  expect(cutter.push(chunk(0, 1000))).toEqual([]);
  const [block] = cutter.push(chunk(5000, 1536));
  expect(block?.sampleTime).toBe(5000);
  expect(block?.pcm).toEqual(tone(200, 16_000, 1536, 5000));
});

test('clipping is counted before the filter', () => {
  const cutter = new BlockCutter(48_000);
  const loud = Float32Array.from({ length: 4608 }, (_, i) => Math.sign(Math.sin(i / 20)));
  const blocks = [0, 1, 2].flatMap((i) => cutter.push({ pcm: loud, frame: 4608 * i }));
  expect(blocks[0]?.clipped).toBeGreaterThan(0.9);
});
