import { describe, expect, it, vi } from 'vitest';
import { LoudnessMeter, SILENCE_LUFS } from '../../../../../src/library/features/level/loudness';

// Minutes of sound on a busy machine take longer than the default 5 s.
vi.setConfig({ testTimeout: 60_000 });

const tone = (dbfs: number, seconds: number, rate = 48_000, hz = 1000): Float32Array =>
  Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) => 10 ** (dbfs / 20) * Math.sin((2 * Math.PI * hz * i) / rate));

function measure(parts: readonly Float32Array[], channels = 2, rate = 48_000): number {
  const meter = new LoudnessMeter(rate, channels);
  for (const part of parts) meter.push(Array.from({ length: channels }, () => part));
  return meter.integrated();
}

/** The signals of EBU Tech 3341 (stereo sines of 1 kHz, tolerance 0.1 LU). */
describe('LoudnessMeter', () => {
  it('case 1 and 2: -23 and -33 dBFS measure -23 and -33 LUFS', () => {
    expect(Math.abs(measure([tone(-23, 20)]) + 23)).toBeLessThan(0.1);
    expect(Math.abs(measure([tone(-33, 20)]) + 33)).toBeLessThan(0.1);
  });

  it('case 3: quiet ends fall to the relative gate', () => {
    expect(Math.abs(measure([tone(-36, 10), tone(-23, 60), tone(-36, 10)]) + 23)).toBeLessThan(0.1);
  });

  it('case 4: so do ends at -72 dBFS to the absolute one', () => {
    expect(Math.abs(measure([tone(-72, 10), tone(-36, 10), tone(-23, 60), tone(-36, 10), tone(-72, 10)]) + 23)).toBeLessThan(0.1);
  });

  it('case 5: -26, -20, -26 dBFS measure -23', () => {
    expect(Math.abs(measure([tone(-26, 20), tone(-20, 20.1), tone(-26, 20)]) + 23)).toBeLessThan(0.1);
  });

  it('is the same at 44.1 kHz, 3 LU less in one channel, and the same however it is cut', () => {
    expect(Math.abs(measure([tone(-23, 5, 44_100)], 2, 44_100) + 23)).toBeLessThan(0.1);
    expect(Math.abs(measure([tone(-23, 5)], 1) + 26)).toBeLessThan(0.1);
    const whole = tone(-20, 3);
    expect(measure([whole.subarray(0, 777), whole.subarray(777, 5000), whole.subarray(5000)])).toBeCloseTo(measure([whole]), 6);
  });

  it('measures short sounds, and silence as -70', () => {
    expect(Math.abs(measure([tone(-23, 0.25)]) + 23)).toBeLessThan(0.5);
    expect(measure([new Float32Array(96_000)])).toBe(SILENCE_LUFS);
    expect(measure([])).toBe(SILENCE_LUFS);
  });
});

/** The signals of EBU Tech 3342 (stereo sines of 1 kHz, 20 s each, tolerance 1 LU), at a low sample rate to be quick. */
describe('loudness range', () => {
  const rangeOf = (levels: readonly number[]): number => {
    const meter = new LoudnessMeter(8000, 2);
    for (const level of levels) {
      const part = tone(level, 20, 8000);
      meter.push([part, part]);
    }
    return meter.range();
  };

  it.each([
    [1, [-20, -30], 10],
    [2, [-20, -15], 5],
    [3, [-40, -20], 20],
    [4, [-50, -35, -20, -35, -50], 15],
  ])('case %i', (_, levels, expected) => {
    expect(Math.abs(rangeOf(levels) - expected)).toBeLessThan(1);
  });

  it('is 0 for silence, for constant level and below three seconds', () => {
    expect(rangeOf([-120])).toBe(0);
    expect(rangeOf([-20])).toBeCloseTo(0, 6);
    expect(new LoudnessMeter(8000, 1).range()).toBe(0);
  });

  it('counts surround channels 1.41 times and the bass effects channel not', () => {
    const part = tone(-20, 1, 8000);
    const silent = new Float32Array(part.length);
    const loudnessOf = (sounding: number): number => {
      const meter = new LoudnessMeter(8000, 6);
      meter.push(Array.from({ length: 6 }, (_, i) => (i === sounding ? part : silent)));
      return meter.integrated();
    };
    expect(loudnessOf(5) - loudnessOf(0)).toBeCloseTo(1.49, 2);
    expect(loudnessOf(2)).toBeCloseTo(loudnessOf(0), 9);
    expect(loudnessOf(3)).toBe(SILENCE_LUFS);
  });
});
