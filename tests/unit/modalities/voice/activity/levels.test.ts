import { describe, expect, test } from 'vitest';
import { clippedShare, levelOf, NoiseFloor } from '../../../../../src/modalities/voice/activity/levels';

test('levels are dB re full scale, and silence has one', () => {
  expect(levelOf(new Float32Array(100).fill(1))).toBeCloseTo(0, 6);
  expect(levelOf(Float32Array.from({ length: 1600 }, (_, i) => 0.1 * Math.sin((2 * Math.PI * i) / 16)))).toBeCloseTo(-23.01, 2);
  expect(levelOf(new Float32Array(100))).toBe(-100);
  expect(levelOf(new Float32Array())).toBe(-100);
});

test('clipping is the share of samples at full scale', () => {
  expect(clippedShare(Float32Array.of(1, -1, 0.5, 0))).toBe(0.5);
  expect(clippedShare(new Float32Array())).toBe(0);
});

describe('the noise floor', () => {
  const follow = (levels: readonly number[], isSpeech = false) => {
    const floor = new NoiseFloor();
    return levels.map((level) => floor.push(level, isSpeech)).at(-1) ?? NaN;
  };

  test('falls into a pause within half a second', () => expect(follow([-20, ...Array<number>(6).fill(-60)])).toBeLessThan(-54));

  test('rises slowly after louder noise, and never above it', () => {
    expect(follow([-60, ...Array<number>(10).fill(-40)])).toBeLessThan(-55);
    expect(follow([-60, ...Array<number>(200).fill(-40)])).toBe(-40);
  });

  test('hardly rises while someone speaks', () => expect(follow([-60, ...Array<number>(100).fill(-20)], true)).toBeLessThan(-56));

  test('knows nothing before the first block and after a reset', () => {
    const floor = new NoiseFloor();
    expect(floor.level).toBe(-100);
    floor.push(-30, false);
    floor.reset();
    expect(floor.level).toBe(-100);
  });
});
