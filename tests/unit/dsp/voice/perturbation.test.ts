import { describe, expect, test } from 'vitest';
import { glottalPulses } from '../../../../src/dsp/voice/glottalPulses';
import { jitterLocal, shimmerLocal } from '../../../../src/dsp/voice/perturbation';
import { pulseTrain, RATE } from './signals';

/** Pulses whose periods alternate by ±jitter / 2 and heights by ±shimmer / 2: the local measures are exactly these. */
function alternating(period: number, jitter: number, shimmer: number): Float32Array {
  const places: number[] = [];
  for (let at = 100, k = 0; at < RATE - 100; k++) {
    places.push(at);
    at += period * (1 + (k % 2 === 0 ? jitter : -jitter) / 2);
  }
  return pulseTrain(
    RATE,
    places,
    places.map((_, k) => 0.5 * (1 + (k % 2 === 0 ? shimmer : -shimmer) / 2)),
  );
}

describe('pulse trains of known perturbation', () => {
  test.each([
    { period: 80.3, jitter: 0, shimmer: 0 },
    { period: 80, jitter: 0.02, shimmer: 0 },
    { period: 133.7, jitter: 0.01, shimmer: 0.1 },
    { period: 60.5, jitter: 0.04, shimmer: 0.05 },
  ])('period $period, jitter $jitter, shimmer $shimmer', ({ period, jitter, shimmer }) => {
    const wave = alternating(period, jitter, shimmer);
    const pulses = glottalPulses(wave, RATE, { from: 0, to: wave.length }, () => RATE / period);
    expect(pulses.length).toBeGreaterThan(0.9 * (RATE / period));
    expect(jitterLocal([pulses])).toBeCloseTo(jitter, 2);
    expect(Math.abs((jitterLocal([pulses]) ?? NaN) - jitter)).toBeLessThan(0.002);
    expect(Math.abs((shimmerLocal([pulses]) ?? NaN) - shimmer)).toBeLessThan(0.01);
  });
});

test('periods of two stretches are not compared', () => {
  const stretch = (from: number, period: number) => Array.from({ length: 5 }, (_, i) => ({ at: from + i * period, amplitude: 1 }));
  expect(jitterLocal([stretch(0, 100), stretch(5000, 110)])).toBe(0);
  // A gap inside a stretch is no period either.
  expect(jitterLocal([[...stretch(0, 100), ...stretch(800, 100)]])).toBe(0);
});

test('silence and single pulses have no perturbation', () => {
  const silence = new Float32Array(RATE);
  expect(glottalPulses(silence, RATE, { from: 0, to: RATE }, () => 100).length).toBeLessThan(2);
  expect(jitterLocal([])).toBeNull();
  expect(shimmerLocal([[{ at: 0, amplitude: 1 }]])).toBeNull();
  expect(jitterLocal([[{ at: 0, amplitude: 1 }]])).toBeNull();
  expect(glottalPulses(silence, RATE, { from: 0, to: 100 }, () => 100)).toEqual([]);
});
