import { describe, expect, it } from 'vitest';
import { fadeCurve, GAPLESS_LEAD, leadOf } from '../../../src/player/crossfade';
import { levellingGain, peakOf, volumeGain } from '../../../src/player/levelling';

const decibel = (gain: number) => 20 * Math.log10(gain);

describe('levellingGain', () => {
  it('brings a loud song down to -18 LUFS', () => {
    expect(decibel(levellingGain({ loudness: -8, peak: 1 }))).toBeCloseTo(-10);
    expect(decibel(levellingGain({ loudness: -8, peak: null }))).toBeCloseTo(-10);
  });
  it('lifts a quiet song as far as its peaks allow', () => {
    expect(decibel(levellingGain({ loudness: -24, peak: 0.1 }))).toBeCloseTo(6);
    const capped = levellingGain({ loudness: -24, peak: 0.7 });
    expect(capped * 0.7).toBeCloseTo(10 ** (-1 / 20));
    expect(levellingGain({ loudness: -24, peak: 1 })).toBe(1);
  });
  it('does not lift a song whose peaks it does not know, nor more than 9 dB', () => {
    expect(levellingGain({ loudness: -30, peak: null })).toBe(1);
    expect(decibel(levellingGain({ loudness: -40, peak: 0.01 }))).toBeCloseTo(9);
  });
  it('leaves silence and the unknown alone', () => {
    for (const loudness of [null, Number.NaN, -Infinity, -70]) expect(levellingGain({ loudness, peak: 0.5 })).toBe(1);
  });
});

describe('volumeGain', () => {
  it('is the square of the slider, capped by the limit', () => {
    expect(volumeGain(0.5, 1)).toBe(0.25);
    expect(volumeGain(1, 0.6)).toBeCloseTo(0.36);
    expect(volumeGain(7, 2)).toBe(1);
    expect(volumeGain(Number.NaN, 1)).toBe(0);
  });
});

describe('peakOf', () => {
  it('is a factor of full scale, and says nothing of silence', () => {
    expect(peakOf(0)).toBe(1);
    expect(peakOf(-6)).toBeCloseTo(0.501, 3);
    expect(peakOf(-70)).toBeNull();
  });
});

describe('crossfade', () => {
  it('keeps the power of the sum', () => {
    const [into, out] = [fadeCurve('in'), fadeCurve('out')];
    into.forEach((gain, i) => expect(gain ** 2 + (out[i] ?? 0) ** 2).toBeCloseTo(1, 5));
    expect([into[0], out[0]]).toEqual([0, 1]);
  });
  it('takes a third of a short song at most, and a moment when off', () => {
    expect(leadOf(6, 300)).toBe(6);
    expect(leadOf(6, 9)).toBe(3);
    expect(leadOf(0, 300)).toBe(GAPLESS_LEAD);
    expect(leadOf(Number.NaN, 300)).toBe(GAPLESS_LEAD);
    expect(leadOf(6, Number.NaN)).toBe(GAPLESS_LEAD);
  });
});
