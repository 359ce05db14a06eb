import { expect, it } from 'vitest';
import { WaveformMeter } from '../../../../../src/library/features/level/waveform';

function peaksOf(length: number, at: (i: number) => number): Uint8Array {
  const meter = new WaveformMeter();
  for (let from = 0; from < length; from += 10_000)
    meter.push(Float32Array.from({ length: Math.min(10_000, length - from) }, (_, i) => at(from + i)));
  return meter.peaks();
}

it.each([30_000, 1_234_567])('a ramp over %i samples becomes a rising row of 400', (length) => {
  const peaks = peaksOf(length, (i) => -i / length);
  expect(peaks).toHaveLength(400);
  expect(peaks[0]).toBeLessThan(4);
  expect(peaks[399]).toBeGreaterThan(250);
  expect(peaks.every((peak, i) => i === 0 || peak >= (peaks[i - 1] ?? 0))).toBe(true);
});

it('clips at full scale; nothing gives zeros', () => {
  expect(Math.max(...peaksOf(40_000, () => 3))).toBe(255);
  expect(Math.max(...peaksOf(0, () => 0))).toBe(0);
  expect(peaksOf(3, () => 0.5)).toHaveLength(400);
});
