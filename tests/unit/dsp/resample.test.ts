import { describe, expect, it, vi } from 'vitest';
import { lowPass, resample, Resampler } from '../../../src/dsp/resample';

// Minutes of sound on a busy machine take longer than the default 5 s.
vi.setConfig({ testTimeout: 60_000 });

const tone = (hz: number, rate: number, seconds = 0.5): Float32Array =>
  Float32Array.from({ length: rate * seconds }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate));
const loudest = (signal: Float32Array): number => signal.slice(500, -500).reduce((top, x) => Math.max(top, Math.abs(x)), 0);

describe('resample', () => {
  it.each([44_100, 48_000, 96_000, 32_000, 37_800])('keeps a 1 kHz tone from %i Hz in place and height', (rate) => {
    const out = resample(tone(1000, rate), rate, 22_050);
    expect(out).toHaveLength(Math.ceil((Math.floor(rate * 0.5) * 22_050) / rate));
    const wanted = tone(1000, 22_050);
    for (let i = 300; i < 10_000; i += 37) expect(Math.abs((out[i] ?? 0) - (wanted[i] ?? 0))).toBeLessThan(1e-3);
  });

  it('keeps a tone when the rate goes up', () => {
    expect(loudest(resample(tone(1000, 8000), 8000, 22_050))).toBeCloseTo(1, 2);
  });

  it('removes what would alias, 80 dB', () => {
    expect(loudest(resample(tone(15_000, 48_000), 48_000, 22_050, 8200))).toBeLessThan(2e-4);
  });

  it('gives the samples of an equal rate back', () => {
    const signal = tone(440, 22_050);
    expect(resample(signal, 22_050, 22_050)).toEqual(signal);
  });

  it('does not depend on how the stream is cut', () => {
    const signal = tone(700, 48_000);
    const whole = resample(signal, 48_000, 22_050);
    const streaming = new Resampler(48_000, 22_050);
    const parts: number[] = [];
    for (let from = 0, size = 1; from < signal.length; from += size, size = (size * 7 + 3) % 997)
      parts.push(...streaming.push(signal.subarray(from, from + size)));
    parts.push(...streaming.finish());
    expect(Float32Array.from(parts)).toEqual(whole);
  });

  it('gives nothing for nothing', () => {
    expect(resample(new Float32Array(0), 48_000, 22_050)).toHaveLength(0);
  });
});

describe('lowPass', () => {
  it('passes a constant unchanged and is symmetric', () => {
    const taps = lowPass(48_000, 8000, 12_000);
    expect(taps.reduce((sum, tap) => sum + tap, 0)).toBeCloseTo(1, 12);
    expect(Array.from(taps).reverse()).toEqual(Array.from(taps));
  });
});
