import { describe, expect, it } from 'vitest';
import { isSong, songLikeness } from '../../../../../src/modalities/voice/activity/songLikeness';
import { BANDS, type MelWindow } from '../../../../../src/modalities/voice/frontEnd/melStream';

function windowOf(frames: number, level: (t: number, band: number) => number): MelWindow {
  const mel = Float32Array.from({ length: frames * BANDS }, (_, i) => Math.min(0, Math.max(-80, level(Math.floor(i / BANDS), i % BANDS))));
  return { frames, mel };
}

/** All bands rise and fall together, with gaps, as syllables do. */
const spoken = (frames: number): MelWindow =>
  windowOf(frames, (t, band) => -40 + 35 * Math.sin(0.35 * t) * Math.cos(0.02 * band) + 4 * Math.sin(1.7 * t + band));
/** The treble is busy while the loudness stays. */
const sung = (frames: number): MelWindow =>
  windowOf(frames, (t, band) => -20 + 2 * Math.sin(0.35 * t) + 9 * Math.sin(2.1 * t + 1.3 * band));

describe('songLikeness', () => {
  it('computes what training/voice/songs.py does', () => {
    expect(songLikeness(spoken(150))).toBeCloseTo(-7.3604, 3);
    expect(songLikeness(sung(60))).toBeCloseTo(16.206, 3);
  });
  it('tells a steady sound with busy treble from syllables', () => {
    expect(isSong(spoken(150))).toBe(false);
    expect(isSong(sung(150))).toBe(true);
  });
  it('says less of a shorter stretch', () => {
    expect(songLikeness(sung(30))).toBeLessThan(songLikeness(sung(90)));
    expect(songLikeness(sung(120))).toBeCloseTo(songLikeness(sung(180)), 0);
  });
  it('is finite for silence, one frame and none', () => {
    for (const window of [windowOf(40, () => -80), windowOf(1, () => 0), windowOf(0, () => 0)]) {
      expect(Number.isFinite(songLikeness(window))).toBe(true);
      expect(isSong(window)).toBe(false);
    }
  });
});
