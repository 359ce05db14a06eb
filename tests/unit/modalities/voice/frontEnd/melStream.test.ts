import { expect, test } from 'vitest';
import { gaussian, seededRandom } from '../../../../../src/core/random';
import { BANDS, HOP, MelStream } from '../../../../../src/modalities/voice/frontEnd/melStream';
import { trimEdges } from '../../../../../src/modalities/voice/frontEnd/trimEdges';

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const random = seededRandom(5);
const noise = Float32Array.from({ length: 40_000 }, () => 0.1 * gaussian(random));

function inPieces(pcm: Float32Array, capacity: number, next: () => number): MelStream {
  const stream = new MelStream(capacity);
  for (let at = 0; at < pcm.length;) {
    const size = next();
    stream.push(pcm.subarray(at, at + size));
    at += size;
  }
  return stream;
}

test('the pieces in which the sound comes change no bit', () => {
  const whole = new MelStream(200);
  whole.push(noise);
  whole.finish();
  expect(whole.count).toBe(1 + Math.floor(noise.length / HOP));
  const chance = seededRandom(1);
  const pieces = inPieces(noise, 200, () => 1 + Math.floor(700 * chance()));
  pieces.finish();
  const span = range(0, whole.count);
  expect(pieces.read(span)).toEqual(whole.read(span));
});

test('a ring of a few frames reads what a long one reads', () => {
  const long = inPieces(noise, 200, () => 512);
  const short = inPieces(noise, 50, () => 512);
  expect(short.oldest).toBe(short.count - 50);
  const span = range(short.count - 40, short.count);
  expect(short.read(span)).toEqual(long.read(span));
  const some = [short.count - 9, short.count - 4];
  expect(short.read(some)).toEqual(long.read(some));
});

test('every window has its own maximum', () => {
  const loud = noise.map((x, i) => (i < 20_000 ? x : x / 100));
  const stream = inPieces(loud, 200, () => 512);
  const late = stream.read(range(100, 140));
  const peak = stream.peakOf(range(0, 140));
  expect(Math.max(...late.mel)).toBeGreaterThan(-3.1);
  expect(Math.max(...stream.read(range(100, 140), peak).mel)).toBeLessThan(-30);
});

test('quiet edges go but for four frames; silence stays whole', () => {
  const mel = new Float32Array(60 * BANDS).fill(-60);
  mel[20 * BANDS + 7] = -10;
  mel[40 * BANDS] = -44;
  mel[50 * BANDS] = -45;
  expect(trimEdges({ frames: 60, mel })).toEqual({ from: 16, to: 45 });
  mel[BANDS] = -3;
  expect(trimEdges({ frames: 60, mel })).toEqual({ from: 0, to: 45 });
  expect(trimEdges({ frames: 9, mel: new Float32Array(9 * BANDS).fill(-80) })).toEqual({ from: 0, to: 9 });
});
