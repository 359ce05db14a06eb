import { describe, expect, it } from 'vitest';
import { activePower, babbleOf, mixNoise, roomResponse, whiteNoise } from '../../../../evaluation/voice/mixNoise';

const power = (sound: Float32Array): number => sound.reduce((sum, x) => sum + x * x, 0) / sound.length;
const decibel = (ratio: number): number => 10 * Math.log10(ratio);
const tone = (length: number, gain: number): Float32Array => Float32Array.from({ length }, (_, i) => gain * Math.sin(0.3 * i));

describe('activePower', () => {
  it('leaves pauses out', () => {
    const spoken = new Float32Array(6400);
    spoken.set(tone(3200, 0.2));
    expect(activePower(spoken)).toBeCloseTo(power(tone(3200, 0.2)), 4);
  });
  it('is 0 for silence and for less than a frame', () => {
    expect(activePower(new Float32Array(3200))).toBe(0);
    expect(activePower(tone(100, 0.5))).toBe(0);
  });
});

describe('mixNoise', () => {
  const speech = tone(16_000, 0.1);

  it.each([20, 10, 5])('puts noise %i dB below the speech', (snr) => {
    const mixed = mixNoise(speech, whiteNoise(16_000, 1), snr);
    const added = mixed.map((x, i) => x - (speech[i] ?? 0));
    expect(decibel(activePower(speech) / power(added))).toBeCloseTo(snr, 1);
  });
  it('repeats a noise that is too short, from an offset on', () => {
    const mixed = mixNoise(new Float32Array(4).fill(0.1), Float32Array.of(1, -1), 0, 1);
    expect(mixed).toHaveLength(4);
    const long = mixNoise(speech, Float32Array.of(0.1, -0.1), 20, 1);
    expect(Math.sign((long[0] ?? 0) - (speech[0] ?? 0))).toBe(-1);
    expect(Math.sign((long[1] ?? 0) - (speech[1] ?? 0))).toBe(1);
  });
  it('never exceeds full scale', () => {
    const mixed = mixNoise(tone(16_000, 0.95), whiteNoise(16_000, 2), 0);
    expect(Math.max(...mixed.map(Math.abs))).toBeCloseTo(0.99, 5);
  });
  it('adds nothing to silence, and no silence to speech', () => {
    expect(power(mixNoise(new Float32Array(3200), whiteNoise(3200, 1), 10))).toBe(0);
    expect([...mixNoise(speech, new Float32Array(10), 10)]).toEqual([...speech]);
  });
});

describe('whiteNoise', () => {
  it('is the same for the same seed', () => {
    expect([...whiteNoise(50, 7)]).toEqual([...whiteNoise(50, 7)]);
    expect([...whiteNoise(50, 7)]).not.toEqual([...whiteNoise(50, 8)]);
  });
});

describe('babbleOf', () => {
  it('brings loud and quiet voices to the same power', () => {
    const alone = [0.5, 0.005].map((gain) => power(babbleOf([tone(16_000, gain)], 32_000)));
    expect(alone[0]).toBeCloseTo(alone[1] ?? 0, 5);
    expect(alone[0]).toBeCloseTo(0.05 ** 2, 4);
  });
  it('is silence of the asked length without voices', () => expect([...babbleOf([], 3)]).toEqual([0, 0, 0]));
});

describe('roomResponse', () => {
  const response = roomResponse(16_000, 0.5, 5);

  it('begins with the direct sound, and its tail holds 3 dB less', () => {
    expect(response[0]).toBe(1);
    expect(decibel(1 / (power(response) * response.length - 1))).toBeCloseTo(3, 2);
  });
  it('falls by 60 dB over its reverberation time', () => {
    const early = power(response.subarray(400, 800));
    const late = power(response.subarray(7600));
    expect(decibel(early / late)).toBeGreaterThan(50);
  });
});
