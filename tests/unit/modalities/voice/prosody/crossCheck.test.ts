import { describe, expect, test } from 'vitest';
import type { Traits } from '../../../../../src/modalities/voice/profile/tally';
import { crossCheck } from '../../../../../src/modalities/voice/prosody/crossCheck';

const far = (pitch: number | null, energy: number | null, rate: number | null): Traits => ({
  pitch,
  range: null,
  energy,
  rate,
  harmonicity: 9,
  tilt: null,
});

describe('crossCheck', () => {
  test('is the mean of what rises with arousal, harmonicity left out', () => {
    expect(crossCheck(far(2, 1, 0.6), 0.5)).toEqual({ activation: 1.2, agrees: true });
    expect(crossCheck(far(2, 1, 0.6), -0.4)?.agrees).toBe(false);
    expect(crossCheck(far(-2, -1, -0.6), 0.5)).toEqual({ activation: -1.2, agrees: false });
    expect(crossCheck(far(-2, -1, -0.6), 0.1)?.agrees).toBe(true);
  });

  test('one wrong octave does not decide', () => expect(crossCheck(far(12, 0, 0), 0)?.activation).toBe(1));
  test('near the usual there is nothing to agree on', () => expect(crossCheck(far(0.3, 0.2, -0.5), 0.9)?.agrees).toBeNull());
  test('two traits are no opinion', () => expect(crossCheck(far(2, 1, null), 0.5)).toBeNull());
});
