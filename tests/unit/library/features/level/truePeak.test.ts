import { describe, expect, it } from 'vitest';
import { SILENCE_DBTP, TruePeakMeter } from '../../../../../src/library/features/level/truePeak';
import { noise } from '../signals';

const sine = (amplitude: number, cyclesPerSample: number, degrees: number, length = 4800): Float32Array =>
  Float32Array.from({ length }, (_, i) => amplitude * Math.sin(2 * Math.PI * cyclesPerSample * i + (degrees * Math.PI) / 180));

/** Fades in and out, so that switching on is no peak of its own. */
const faded = (signal: Float32Array): Float32Array => signal.map((x, i) => x * Math.min(1, i / 480, (signal.length - 1 - i) / 480));

function measure(signal: Float32Array, step = signal.length): number {
  const meter = new TruePeakMeter();
  for (let from = 0; from < signal.length; from += step) meter.push(signal.subarray(from, from + step));
  return meter.level();
}

/** The signals of EBU Tech 3341, tolerance +0.2 / -0.4 dB. */
describe('TruePeakMeter', () => {
  it.each([
    [15, 1 / 4, 0, 0.5, -6],
    [16, 1 / 4, 45, 0.5, -6],
    [17, 1 / 6, 60, 0.5, -6],
    [18, 1 / 8, 67.5, 0.5, -6],
    [19, 1 / 4, 45, 1.41, 3],
  ])('case %i', (_, frequency, degrees, amplitude, expected) => {
    const level = measure(faded(sine(amplitude, frequency, degrees)));
    expect(level - expected).toBeLessThan(0.2);
    expect(level - expected).toBeGreaterThan(-0.4);
  });

  it('is never below the sample peak, and does not depend on how the stream is cut', () => {
    const chance = Float32Array.from(noise(5000, 9));
    const samplePeak = 20 * Math.log10(chance.reduce((top, x) => Math.max(top, Math.abs(x)), 0));
    expect(measure(chance)).toBeGreaterThanOrEqual(samplePeak);
    for (const step of [1, 7, 13, 1000]) expect(measure(chance, step)).toBe(measure(chance));
  });

  it('scales with gain; a click measures itself', () => {
    const chance = Float32Array.from(noise(5000, 9));
    expect(measure(chance.map((x) => x / 2)) - measure(chance)).toBeCloseTo(-6.0206, 3);
    expect(measure(new Float32Array(100).fill(1, 50, 51))).toBeCloseTo(0, 9);
    expect(measure(Float32Array.of(0.5))).toBeCloseTo(-6.0206, 3);
  });

  it('says -70 of silence and of nothing', () => {
    expect(measure(new Float32Array(1000))).toBe(SILENCE_DBTP);
    expect(measure(new Float32Array(0), 1)).toBe(SILENCE_DBTP);
  });
});
