import { expect, test } from 'vitest';
import { Hearing, type HeardBlock } from '../../../../../src/modalities/voice/activity/hearing';

const QUIET_ROOM: HeardBlock = { level: -65, noiseFloor: -66, likeliest: 0.02, hopsSinceSpeech: Infinity };
function hear(block: Partial<HeardBlock>, blocks = 15): string {
  const hearing = new Hearing();
  for (let i = 1; i < blocks; i++) hearing.push({ ...QUIET_ROOM, ...block });
  return hearing.push({ ...QUIET_ROOM, ...block });
}

test('a quiet room, and one that hums, are silence', () => {
  expect(hear({})).toBe('silence');
  expect(hear({ level: -100, noiseFloor: -100 })).toBe('silence');
  expect(hear({ level: -48, noiseFloor: -48 })).toBe('silence');
});

test('music and loud noise are sounds that are not speech', () => {
  expect(hear({ level: -20, noiseFloor: -20 })).toBe('not-speech');
  expect(hear({ level: -40, noiseFloor: -60, likeliest: 0.1 })).toBe('not-speech');
});

test('speech lingers for about a second', () => {
  expect(hear({ level: -25, hopsSinceSpeech: 0, likeliest: 0.9 })).toBe('speech');
  expect(hear({ hopsSinceSpeech: 30, level: -55 })).toBe('speech');
  expect(hear({ hopsSinceSpeech: 60 })).toBe('silence');
});

test('a voice far away is too quiet', () => {
  expect(hear({ level: -70, hopsSinceSpeech: 0, likeliest: 0.8 })).toBe('too-quiet');
  expect(hear({ level: -56, likeliest: 0.3 })).toBe('too-quiet');
});
