import { describe, expect, it } from 'vitest';
import { describeDynamics } from '../../../../../src/library/features/segment/describeDynamics';
import { describeModulation } from '../../../../../src/library/features/segment/describeModulation';
import { describeRhythm } from '../../../../../src/library/features/segment/describeRhythm';
import { describeTexture } from '../../../../../src/library/features/segment/describeTexture';
import { describeTimbre } from '../../../../../src/library/features/segment/describeTimbre';
import { describeTonal, describeTriads, tonalCentroids } from '../../../../../src/library/features/segment/describeTonal';
import { FRAME_RATE, N_MELS } from '../../../../../src/library/features/segmentLayout';

const FRAMES = 430;
const level = (at: (frame: number, band: number) => number): Float32Array =>
  Float32Array.from({ length: FRAMES * N_MELS }, (_, i) => at(Math.floor(i / N_MELS), i % N_MELS));
const constant = level(() => -20);

describe('statistics of a segment', () => {
  it('lengths add up and a constant spectrum moves nothing', () => {
    expect(describeTimbre(constant)).toHaveLength(126);
    expect(Math.max(...describeTimbre(constant).slice(20).map(Math.abs))).toBeLessThan(1e-6);
    expect(describeModulation(constant)).toEqual(new Array<number>(48).fill(0));
    expect(describeTexture(constant)).toEqual(new Array<number>(16).fill(0));
    expect(describeDynamics(new Float32Array(50).fill(-3))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(describeRhythm(constant).features).toHaveLength(22);
    expect(describeRhythm(constant).onsetRate).toBe(0);
  });

  it('a swell of 2 Hz shows in the band from 1.5 to 3 Hz of every group', () => {
    const modulation = describeModulation(level((t) => -20 + 6 * Math.sin((2 * Math.PI * 2 * t) / FRAME_RATE)));
    for (let group = 0; group < 8; group++) {
      const bands = modulation.slice(group * 6, group * 6 + 6);
      expect(bands.indexOf(Math.max(...bands))).toBe(2);
    }
  });

  it('texture tells change in time from change in pitch', () => {
    const flicker = describeTexture(level((t) => (t % 2 === 0 ? -10 : -12)));
    expect(flicker[0]).toBeCloseTo(2, 6);
    expect(flicker[8]).toBe(0);
    const comb = describeTexture(level((_, m) => (m % 2 === 0 ? -10 : -13)));
    expect(comb[0]).toBe(0);
    expect(comb[8]).toBeCloseTo(3, 6);
  });

  it('dynamics counts the frames clearly below the mean', () => {
    expect(describeDynamics(Float32Array.of(0, 0, 0, -40)).at(-1)).toBe(0.25);
  });

  it('rhythm finds a pulse of 120 bpm', () => {
    const { features, onsetRate } = describeRhythm(
      level((t) => -30 + 25 * Math.max(0, 1 - Math.abs((((t * 2) / FRAME_RATE) % 1) - 0.25) / 0.25)),
    );
    expect(Math.abs(features[12] ?? 9)).toBeLessThan(0.02);
    expect(onsetRate).toBeGreaterThan(1.8);
    expect(onsetRate).toBeLessThan(2.2);
  });
});

describe('harmony', () => {
  const chord = (pitches: readonly number[]): Float32Array =>
    Float32Array.from({ length: 84 * 12 }, (_, i) => (pitches.includes(i % 12) ? 1 : 0));

  it('tells minor from major triads and hears no change in a held chord', () => {
    expect(describeTriads(chord([9, 0, 4]))).toEqual([1, expect.closeTo(1, 9), 0]);
    expect(describeTriads(chord([0, 4, 7]))).toEqual([0, expect.closeTo(1, 9), 0]);
    expect(describeTriads(new Float32Array(12))).toEqual([0, 0, 0]);
  });

  it('does not depend on transposition', () => {
    const at = (tonic: number): number[] => describeTonal(chord([0, 4, 7, 2].map((step) => (step + tonic) % 12))).slice(0, 27);
    const home = at(0);
    for (let tonic = 1; tonic < 12; tonic++)
      at(tonic).forEach((value, i) => {
        expect(value).toBeCloseTo(home[i] ?? NaN, 9);
      });
  });

  it('is finite for silence', () => {
    expect(describeTonal(new Float32Array(120)).every(Number.isFinite)).toBe(true);
    expect(describeTonal(new Float32Array(120))).toHaveLength(42);
  });

  it('a fifth lies further on the circles than a unison lies from itself', () => {
    const centre = tonalCentroids(Float64Array.from({ length: 24 }, (_, i) => (i === 0 || i === 19 ? 1 : 0)));
    expect(Math.hypot((centre[0] ?? 0) - (centre[6] ?? 0), (centre[3] ?? 0) - (centre[9] ?? 0))).toBeCloseTo(2 * Math.sin(Math.PI / 12), 6);
  });
});
