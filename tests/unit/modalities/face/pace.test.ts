import { describe, expect, test } from 'vitest';
import { frameInterval, isDue } from '../../../../src/modalities/face/pace';

describe('frameInterval', () => {
  test('30 per second while the estimator keeps up', () => {
    expect(frameInterval({ busyMs: null, isBatteryLow: false })).toBeCloseTo(33.3, 1);
    expect(frameInterval({ busyMs: 20, isBatteryLow: false })).toBeCloseTo(33.3, 1);
  });

  test('follows a slow estimator, but looks at least once a second', () => {
    expect(frameInterval({ busyMs: 80, isBatteryLow: false })).toBeCloseTo(92, 6);
    expect(frameInterval({ busyMs: 60_000, isBatteryLow: false })).toBe(1000);
  });

  test('saves a low battery', () => expect(frameInterval({ busyMs: 20, isBatteryLow: true })).toBe(200));
});

test('a 30 Hz camera is not halved by rounding, and a 60 Hz one is', () => {
  const kept = (period: number) => {
    let last = -Infinity;
    let count = 0;
    for (let i = 0; i < 60; i++) {
      const stamp = Math.round(i * period);
      if (!isDue(stamp - last, 1000 / 30)) continue;
      last = stamp;
      count++;
    }
    return count;
  };
  expect(kept(1000 / 30)).toBe(60);
  expect(kept(1000 / 60)).toBeLessThanOrEqual(60);
  expect(kept(1000 / 120)).toBeLessThanOrEqual(31);
});
