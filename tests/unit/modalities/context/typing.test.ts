import { expect, test } from 'vitest';
import { TypingPace } from '../../../../src/modalities/context/typing';

test('a steady typist is at work, until five minutes after the last keys', () => {
  const pace = new TypingPace();
  for (let i = 0; i < 60; i++) pace.press(i * 1000);
  expect(pace.isAtWork(60_000)).toBe(true);
  expect(pace.isAtWork(300_000)).toBe(true);
  expect(pace.isAtWork(360_001)).toBe(false);
});

test('a key now and then is no work', () => {
  const pace = new TypingPace();
  for (let i = 0; i < 200; i++) pace.press(i * 20_000);
  expect(pace.isAtWork(4_000_000)).toBe(false);
});
