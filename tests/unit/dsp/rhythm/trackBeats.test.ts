import { describe, expect, it } from 'vitest';
import { trackBeats } from '../../../../src/dsp/rhythm/trackBeats';

const pulses = (length: number, at: readonly number[]): Float32Array => {
  const out = new Float32Array(length);
  for (const t of at) out[t] = 1;
  return out;
};

describe('trackBeats', () => {
  it('finds regular pulses, bridges a missing one and ignores one between', () => {
    const beats = Array.from({ length: 30 }, (_, i) => 10 + 20 * i);
    const heard = [...beats.filter((t) => t !== 210), 317];
    expect(trackBeats(pulses(620, heard), () => 20)).toEqual(beats);
  });

  it('follows a tempo that drifts', () => {
    const beats: number[] = [];
    for (let t = 5, period = 20; t < 900; period += 0.15, t += period) beats.push(Math.round(t));
    const found = trackBeats(pulses(920, beats), (frame) => 20 + (0.15 * frame) / 23);
    expect(found.filter((t) => beats.includes(t)).length / beats.length).toBeGreaterThan(0.95);
  });

  it('leaves silent ends without beats, and does not depend on gain', () => {
    const heard = Array.from({ length: 10 }, (_, i) => 200 + 20 * i);
    const found = trackBeats(pulses(700, heard), () => 20);
    expect(found).toEqual(heard);
    expect(
      trackBeats(
        pulses(700, heard).map((x) => 1000 * x),
        () => 20,
      ),
    ).toEqual(found);
  });

  it('finds none in silence, in a constant and in nothing', () => {
    for (const strength of [new Float32Array(500), new Float32Array(500).fill(3), new Float32Array(0), Float32Array.of(1)])
      expect(trackBeats(strength, () => 20)).toEqual([]);
  });
});
