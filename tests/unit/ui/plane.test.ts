import { describe, expect, it } from 'vitest';
import { MANY_DOTS, shadeDots } from '../../../src/ui/plane/dotField';
import { movePoint, planePath, planeX, planeY, pointAt, smoothTrail, trailPieces } from '../../../src/ui/plane/geometry';
import { curveAt, resamplePeaks } from '../../../src/ui/player/waveform';
import { coverWave } from '../../../src/ui/player/coverArt';

const box = { left: 100, top: 50, width: 400, height: 400 };

describe('geometry', () => {
  it('maps corners and clamps what lies outside', () => {
    expect([planeX(-1), planeX(1), planeY(1), planeY(-1)]).toEqual([0, 1000, 0, 1000]);
    expect(pointAt(300, 250, box)).toEqual({ valence: 0, arousal: 0 });
    expect(pointAt(9999, -9999, box)).toEqual({ valence: 1, arousal: 1 });
  });
  it('moves by .05, with Shift by .01, and only with arrows', () => {
    expect(movePoint({ valence: 0.98, arousal: 0 }, 'ArrowRight', false)).toEqual({ valence: 1, arousal: 0 });
    expect(movePoint({ valence: 0, arousal: 0 }, 'ArrowUp', true)).toEqual({ valence: 0, arousal: 0.01 });
    expect(movePoint({ valence: 0, arousal: 0 }, 'Enter', false)).toBeNull();
  });
  it('draws paths and fading trails, nothing from too few points', () => {
    expect(
      planePath([
        { valence: 0, arousal: 0 },
        { valence: 1, arousal: 1 },
      ]),
    ).toBe('M500.0 500.0L1000.0 0.0');
    const points = Array.from({ length: 100 }, (_, i) => ({ valence: i / 100, arousal: 0 }));
    const pieces = trailPieces(points);
    expect(pieces.length).toBeLessThanOrEqual(9);
    expect(pieces.map((piece) => piece.opacity)).toEqual(pieces.map((piece) => piece.opacity).sort((a, b) => a - b));
    expect(trailPieces([{ valence: 0, arousal: 0 }])).toEqual([]);
    expect(planePath([])).toBe('');
  });
  it('smooths a trail but leaves its newest point where it is', () => {
    const zigzag = Array.from({ length: 21 }, (_, i) => ({ valence: i % 2, arousal: 0 }));
    const smooth = smoothTrail(zigzag);
    expect(smooth.at(-1)).toEqual(zigzag.at(-1));
    expect(Math.abs((smooth[10]?.valence ?? 0) - (smooth[11]?.valence ?? 0))).toBeLessThan(0.2);
  });
});

describe('waveform', () => {
  it('keeps the highest peak of each slice', () => {
    expect(resamplePeaks(Uint8Array.from([0, 255, 51, 0]), 2)).toEqual([1, 0.2]);
    expect(resamplePeaks(Uint8Array.from([255]), 3)).toEqual([1, 1, 1]);
    expect(resamplePeaks(new Uint8Array(), 3)).toEqual([]);
  });
  it('finds the passage that sounds', () => {
    const curve = [0, 10, 20].map((at) => ({ at, valence: at / 100, arousal: 0, weight: 1 }));
    expect([-1, 0, 9.9, 10, 99].map((at) => curveAt(curve, at)?.valence)).toEqual([0, 0, 0, 0.1, 0.2]);
    expect(curveAt([], 3)).toBeNull();
  });
  it('draws the same cover for the same song', () => {
    expect(coverWave('a', { valence: 0, arousal: 0.3 })).toBe(coverWave('a', { valence: 0.9, arousal: 0.3 }));
    expect(coverWave('a', { valence: 0, arousal: 0 })).not.toBe(coverWave('b', { valence: 0, arousal: 0 }));
    expect(coverWave('', { valence: 0, arousal: -1 })).not.toContain('NaN');
  });
});

describe('shadeDots', () => {
  const side = 40;
  const opacity = (pixels: Uint8ClampedArray, x: number, y: number) => pixels[4 * (y * side + x) + 3] ?? 0;
  it('puts each song where the plane has it, also at the very edge', () => {
    const pixels = shadeDots(
      [
        { valence: -1, arousal: 1 },
        { valence: 1, arousal: -1 },
        { valence: 0, arousal: 0 },
      ],
      side,
    );
    const places = [...pixels.keys()].filter((k) => k % 4 === 3 && pixels[k] !== 0).map((k) => (k - 3) / 4);
    const square = (x: number, y: number) => [y * side + x, y * side + x + 1, (y + 1) * side + x, (y + 1) * side + x + 1];
    expect(places).toEqual([...square(0, 0), ...square(19, 19), ...square(38, 38)]);
  });
  it('is denser where more songs lie, and a single one among 100,000 still shows', () => {
    const crowd = Array.from({ length: 100_000 }, () => ({ valence: 0.5, arousal: 0.5 }));
    const pixels = shadeDots([...crowd, { valence: -0.5, arousal: -0.5 }], side);
    expect(opacity(pixels, 30, 10)).toBeGreaterThan(250);
    expect(opacity(pixels, 10, 30)).toBeGreaterThan(10);
    expect(opacity(pixels, 20, 20)).toBe(0);
    const fewer = shadeDots(crowd.slice(0, MANY_DOTS).concat({ valence: -0.5, arousal: -0.5 }), side);
    expect(opacity(fewer, 10, 30)).toBeGreaterThan(opacity(pixels, 10, 30));
  });
});
