import { describe, expect, test } from 'vitest';
import { voiceQuality, type SignalFacts } from '../../../../../src/modalities/voice/prosody/quality';

const good: SignalFacts = { level: -25, noiseFloor: -65, clipped: 0, spoken: 188, voiced: 0.6, playing: 0 };

describe('voiceQuality', () => {
  test('clear, long, voiced speech without music is as good as it gets', () => expect(voiceQuality(good).overall).toBe(1));

  test.each([
    ['noise as loud as the speech', { noiseFloor: -25 }, 0],
    ['noise 10 dB below', { noiseFloor: -35 }, 0.5],
    ['a converter that cuts off', { clipped: 0.05 }, 0],
    ['half a second only', { spoken: 31.25 }, 0.5],
    ['whispering', { voiced: 0.02 }, 0],
    ['our own music all the time', { playing: 1 }, 0.7],
  ])('%s', (_, spoilt, overall) => expect(voiceQuality({ ...good, ...spoilt }).overall).toBeCloseTo(overall, 6));
});
