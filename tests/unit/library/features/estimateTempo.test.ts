import { describe, expect, it } from 'vitest';
import { autocorrelate, estimateTempo } from '../../../../src/library/features/estimateTempo';
import { FRAME_RATE } from '../../../../src/library/features/segmentLayout';

/** Bumps as wide as an onset is in 93 ms windows; the period need not be whole frames. */
function clicks(bpm: number): Float64Array {
  const period = (60 * FRAME_RATE) / bpm;
  return Float64Array.from({ length: 646 }, (_, t) =>
    Math.exp(-0.5 * ((((((t - 5 + period / 2) % period) + period) % period) - period / 2) / 1.2) ** 2),
  );
}

describe('estimateTempo', () => {
  it.each([72, 90, 100, 120, 128, 140, 160])('finds %i bpm within 1 %%', (bpm) => {
    const { tempo, confidence } = estimateTempo(autocorrelate(clicks(bpm)));
    expect(Math.abs(tempo / bpm - 1)).toBeLessThan(0.01);
    expect(confidence).toBeGreaterThan(0.3);
  });

  it('says 0 for silence, constants and too short envelopes', () => {
    for (const envelope of [new Float64Array(646), new Float64Array(646).fill(3), new Float64Array(3), new Float64Array(0)]) {
      expect(estimateTempo(autocorrelate(envelope))).toEqual({ tempo: 0, confidence: 0 });
    }
  });
});
