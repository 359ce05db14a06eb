import { describe, expect, test } from 'vitest';
import { createCaptureClock } from '../../../src/modalities/captureClock';

describe('createCaptureClock', () => {
  test('takes the fastest frame as the offset, so that waiting counts as delay', () => {
    const capturedAt = createCaptureClock();
    expect(capturedAt(100, 5100)).toBe(5100);
    expect(capturedAt(133, 5183)).toBe(5133);
    expect(capturedAt(166, 5160)).toBe(5160);
    expect(capturedAt(200, 5294)).toBe(5194);
  });

  test('starts anew when a clock jumps', () => {
    const capturedAt = createCaptureClock();
    capturedAt(100, 5100);
    expect(capturedAt(200, 9_000_000)).toBe(9_000_000);
    expect(capturedAt(233, 4000)).toBe(4000);
  });

  test('follows a device whose clock is slow', () => {
    const capturedAt = createCaptureClock(5000);
    let late = 0;
    // An hour of blocks of a sound card that loses a tenth of a second on the way.
    for (let i = 0; i < 37_500; i++) late = i * 96 * (1 + 3e-5) + 20 - capturedAt(i * 96, i * 96 * (1 + 3e-5) + 20);
    expect(late).toBeLessThan(0.2);
  });

  test('a clock that stood still for a moment is no delay for ever', () => {
    const capturedAt = createCaptureClock(5000);
    for (let i = 0; i < 100; i++) capturedAt(i * 96, i * 96 + 20);
    expect(100 * 96 + 320 - capturedAt(100 * 96, 100 * 96 + 320)).toBe(300);
    for (let i = 101; i < 153; i++) capturedAt(i * 96, i * 96 + 320);
    expect(153 * 96 + 320 - capturedAt(153 * 96, 153 * 96 + 320)).toBe(0);
  });
});
