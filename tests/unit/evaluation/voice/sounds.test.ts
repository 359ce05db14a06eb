import { describe, expect, it } from 'vitest';
import { music, silence, whiteNoise } from '../../../../evaluation/voice/bench/sounds';

describe.each([
  ['silence', silence, 0, 0],
  ['white noise', whiteNoise, 0.05, 0.2],
  ['music', music, 0.05, 0.5],
])('%s', (_, make, quietest, loudest) => {
  const bytes = make(8000);
  const samples = Array.from({ length: (bytes.length - 44) / 2 }, (_x, i) => bytes.readInt16LE(44 + 2 * i) / 32_767);

  it('is four seconds of mono 16-bit wav', () => {
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect(bytes.readUInt32LE(24)).toBe(8000);
    expect(bytes.readUInt16LE(22)).toBe(1);
    expect(bytes.readUInt32LE(40)).toBe(samples.length * 2);
    expect(samples).toHaveLength(32_000);
  });
  it('is as loud as such a sound is', () => {
    const rms = Math.hypot(...samples.slice(0, 8000)) / Math.sqrt(8000);
    expect(rms).toBeGreaterThanOrEqual(quietest);
    expect(rms).toBeLessThanOrEqual(loudest);
  });
});
