import { expect, test } from 'vitest';
import { gaussian, seededRandom } from '../../../../src/core/random';
import { harmonicity } from '../../../../src/dsp/voice/harmonicity';
import { harmonics, RATE } from './signals';

const power = (wave: Float32Array): number => wave.reduce((sum, x) => sum + x * x, 0) / wave.length;

test.each([
  { f0: 120, hnr: 5 },
  { f0: 120, hnr: 10 },
  { f0: 203.7, hnr: 20 },
  { f0: 311.3, hnr: 25 },
])('$hnr dB of harmonics at $f0 Hz over white noise', ({ f0, hnr }) => {
  const random = seededRandom(4);
  const tone = harmonics(new Float64Array(RATE).fill(f0), 8);
  const sd = Math.sqrt(power(tone) / 10 ** (hnr / 10));
  const wave = tone.map((x) => x + sd * gaussian(random));
  const found = Array.from({ length: 40 }, (_, i) => harmonicity(wave, RATE, 1500 + i * 300, f0) ?? NaN);
  const mean = found.reduce((sum, x) => sum + x, 0) / found.length;
  expect(Math.abs(mean - hnr)).toBeLessThan(0.8);
});

test('a pure tone is purer than speech ever is; silence is null', () => {
  const tone = harmonics(new Float64Array(RATE).fill(150), 5);
  expect(harmonicity(tone, RATE, 8000, 150)).toBeGreaterThan(35);
  expect(harmonicity(new Float32Array(RATE), RATE, 8000, 150)).toBeNull();
  expect(harmonicity(new Float32Array(0), RATE, 0, 150)).toBeNull();
});
