import { describe, expect, it } from 'vitest';
import { PowerSpectrum } from '../../../../src/dsp/spectrum/powerSpectrum';
import { noise } from '../../library/features/signals';

/** The definition, sum by sum. */
function slowly(signal: Float64Array, window: Float64Array): number[] {
  return Array.from({ length: signal.length / 2 + 1 }, (_, k) => {
    let re = 0,
      im = 0;
    signal.forEach((x, n) => {
      re += x * (window[n] ?? 0) * Math.cos((2 * Math.PI * k * n) / signal.length);
      im -= x * (window[n] ?? 0) * Math.sin((2 * Math.PI * k * n) / signal.length);
    });
    return re * re + im * im;
  });
}

describe('PowerSpectrum', () => {
  it.each([16, 32, 64, 256, 512])('of %i samples is the definition', (size) => {
    const signal = noise(size, 5);
    const window = new Float64Array(size).fill(1);
    const power = new Float64Array(size / 2 + 1);
    new PowerSpectrum(size, window).measure(signal, 0, power);
    slowly(signal, window).forEach((value, k) => {
      expect(power[k]).toBeCloseTo(value, 8);
    });
  });

  it('of a tone peaks in its bin with a quarter of the squared window sum', () => {
    const size = 2048;
    const power = new Float64Array(size / 2 + 1);
    new PowerSpectrum(size).measure(
      Float64Array.from({ length: size }, (_, n) => Math.cos((2 * Math.PI * 40 * n) / size)),
      0,
      power,
    );
    expect(power.indexOf(Math.max(...power))).toBe(40);
    expect(power[40]).toBeCloseTo((size / 4) ** 2, 4);
  });

  it('reads zeros beyond the end', () => {
    const power = new Float64Array(9);
    new PowerSpectrum(16).measure(new Float32Array(3), 10, power);
    expect(Math.max(...power)).toBe(0);
  });
});
