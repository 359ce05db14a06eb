import { describe, expect, test } from 'vitest';
import { BANDS } from '../../../../../src/modalities/voice/frontEnd/melStream';
import { addFrames, addTraits, emptyTally, meanBands, readTally, type Tally } from '../../../../../src/modalities/voice/profile/tally';

const flat = (frames: number, level: number) => ({ frames, mel: new Float32Array(frames * BANDS).fill(level) });
const said = (pitch: number | null) => ({ pitch, range: null, energy: -20, rate: null, harmonicity: null, tilt: null });

describe('frames', () => {
  test('with nothing tallied the mean is the window itself, and an empty window changes nothing', () => {
    expect(meanBands(emptyTally(), flat(3, -12))[63]).toBeCloseTo(-12, 5);
    const tally = emptyTally();
    expect(addFrames(tally, flat(0, -12))).toBe(tally);
  });

  test('what is older than ten minutes of speech fades', () => {
    let tally = addFrames(emptyTally(), flat(37_500, -60));
    for (let i = 0; i < 10; i++) tally = addFrames(tally, flat(37_500, -20));
    expect(tally.frames).toBe(37_500);
    expect(tally.bands[0]).toBeGreaterThan(-21);
  });
});

describe('traits', () => {
  test('mean and variance are those of the values', () => {
    const values = [3, 5, 8, 8];
    const { pitch, energy, rate } = values.reduce<Tally>((tally, value) => addTraits(tally, said(value)), emptyTally()).traits;
    expect([pitch.n, pitch.mean]).toEqual([4, 6]);
    expect(pitch.variance).toBeCloseTo(4.5, 9);
    expect(energy.variance).toBeCloseTo(0, 9);
    expect(rate.n).toBe(0);
  });

  test('what did not show is not counted', () => {
    expect(addTraits(emptyTally(), said(null)).traits.pitch.n).toBe(0);
  });
});

describe('readTally', () => {
  test('takes what was a tally once', () => {
    const tally = addTraits(addFrames(emptyTally(), flat(4, -30)), said(2));
    expect(readTally(JSON.parse(JSON.stringify(tally)))).toEqual(tally);
  });

  test('and nothing else', () => {
    const tally = emptyTally();
    const spoilt = [
      null,
      [],
      { ...tally, frames: -1 },
      { ...tally, frames: 1e9 },
      { ...tally, bands: [1, 2] },
      { ...tally, bands: tally.bands.map(String) },
      { ...tally, traits: {} },
      { ...tally, traits: { ...tally.traits, rate: { mean: 1, variance: -1, n: 2 } } },
      { ...tally, traits: { ...tally.traits, rate: null } },
    ];
    for (const one of spoilt) expect(readTally(one)).toBeNull();
  });
});
