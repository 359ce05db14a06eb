import { describe, expect, it } from 'vitest';
import { gaussian, seededRandom } from '../../../../src/core/random';
import { classifyIntervals, correctIntervals } from '../../../../src/dsp/physiology/hrv/artefacts';
import { rmssd } from '../../../../src/dsp/physiology/hrv/timeDomain';

/** A resting heart: 850 ms, breathing every 4 s, a little noise. */
function restingHeart(beats: number, seed = 1): number[] {
  const random = seededRandom(seed);
  let elapsed = 0;
  return Array.from({ length: beats }, () => {
    const interval = Math.round(850 + 35 * Math.sin((2 * Math.PI * elapsed) / 4000) + 12 * gaussian(random));
    elapsed += interval;
    return interval;
  });
}

const withMissed = (rr: readonly number[], at: number) => [...rr.slice(0, at), (rr[at] ?? 0) + (rr[at + 1] ?? 0), ...rr.slice(at + 2)];
const withExtra = (rr: readonly number[], at: number) => [...rr.slice(0, at), 300, (rr[at] ?? 0) - 300, ...rr.slice(at + 1)];
const withEctopic = (rr: readonly number[], at: number) =>
  rr.map((interval, i) => (i === at ? interval - 300 : i === at + 1 ? interval + 300 : interval));

describe('classifyIntervals', () => {
  it('leaves a clean heart alone, but for a beat in two hundred', () => {
    const kinds = [1, 2, 3, 4, 5].flatMap((seed) => classifyIntervals(restingHeart(400, seed)));
    expect(kinds.filter((kind) => kind !== 'normal').length / kinds.length).toBeLessThan(0.005);
  });

  it('leaves the range of a long, slow rise alone', () => {
    const rising = Array.from({ length: 300 }, (_, i) => 1000 - i + 15 * Math.sin(i));
    expect(classifyIntervals(rising).every((kind) => kind === 'normal')).toBe(true);
  });

  it.each([60, 121, 200])('names a missed beat, an extra one and an ectopic one at %i', (at) => {
    const heart = restingHeart(300);
    expect(classifyIntervals(withMissed(heart, at))[at]).toBe('missed');
    expect(classifyIntervals(withExtra(heart, at))[at]).toBe('extra');
    expect(classifyIntervals(withEctopic(heart, at)).slice(at, at + 2)).toContain('ectopic');
  });

  it('never calls an impossible interval normal', () => {
    expect(classifyIntervals([800, 0, 810, 805, 100, 9000, 801]).map((kind) => kind === 'normal')).toEqual([
      true,
      false,
      true,
      true,
      false,
      false,
      true,
    ]);
  });

  it.each([[[]], [[800]], [[800, 810]], [[800, 810, 805]]])('copes with %j', (rr) => {
    expect(classifyIntervals(rr)).toEqual(rr.map(() => 'normal'));
  });

  it('finds what was planted and little else', () => {
    const random = seededRandom(3);
    let planted = 0;
    let found = 0;
    let wrong = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const at = 30 + Math.floor(random() * 200);
      const change = [withMissed, withExtra, withEctopic][seed % 3] ?? withMissed;
      const kinds = classifyIntervals(change(restingHeart(300, seed), at));
      planted++;
      if (kinds.slice(at, at + 2).some((kind) => kind !== 'normal')) found++;
      wrong += kinds.filter((kind, i) => kind !== 'normal' && Math.abs(i - at) > 3).length;
    }
    expect(found).toBe(planted);
    expect(wrong / (20 * 300)).toBeLessThan(0.005);
  });
});

describe('correctIntervals', () => {
  it('puts the beats back: RMSSD is near that of the clean heart', () => {
    const heart = restingHeart(300);
    const clean = rmssd(heart) ?? NaN;
    const broken = withEctopic(withExtra(withMissed(heart, 50), 120), 200);
    expect(rmssd(broken)).toBeGreaterThan(2 * clean);
    const { nn, artefactRate, corrected } = correctIntervals(broken);
    expect(Math.abs((rmssd(nn) ?? NaN) / clean - 1)).toBeLessThan(0.15);
    expect(nn).toHaveLength(heart.length);
    expect(corrected.filter(Boolean).length).toBeGreaterThan(3);
    expect(artefactRate).toBeGreaterThan(0);
    expect(artefactRate).toBeLessThan(0.03);
  });

  it('keeps a clean series as it is', () => {
    const heart = restingHeart(100, 4);
    expect([...correctIntervals(heart).nn]).toEqual(heart);
  });

  it('gives nothing for nothing, and nothing for garbage', () => {
    expect(correctIntervals([])).toEqual({ nn: new Float64Array(), corrected: [], artefactRate: 0 });
    expect(correctIntervals([0, 0, 9999])).toEqual({ nn: new Float64Array(), corrected: [], artefactRate: 1 });
  });

  it('never gives NaN, whatever comes', () => {
    const random = seededRandom(9);
    for (let i = 0; i < 300; i++) {
      const rr = Array.from({ length: Math.floor(random() * 30) }, () => Math.floor(random() * 3000));
      const { nn, artefactRate, corrected } = correctIntervals(rr);
      expect(nn.every(Number.isFinite)).toBe(true);
      expect(corrected).toHaveLength(nn.length);
      expect(artefactRate >= 0 && artefactRate <= 1).toBe(true);
    }
  });
});
