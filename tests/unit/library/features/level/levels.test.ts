import { describe, expect, it } from 'vitest';
import { rootMeanSquare, zeroCrossingRate } from '../../../../../src/dsp/energy';
import { dynamicRange } from '../../../../../src/library/features/level/dynamicRange';
import { HopMeter } from '../../../../../src/library/features/level/hopMeter';
import { LevelMeter } from '../../../../../src/library/features/level/levelMeter';
import { mixDown } from '../../../../../src/library/features/level/mixDown';
import { audibleFrames, trimSilence } from '../../../../../src/library/features/level/trimSilence';
import { noise, signal } from '../signals';

function hopsOf(samples: Float32Array, step = samples.length): HopMeter {
  const hops = new HopMeter();
  for (let from = 0; from < samples.length; from += Math.max(step, 1)) hops.push(samples.subarray(from, from + step));
  hops.finish();
  return hops;
}

describe('mixDown', () => {
  it('averages the channels', () => {
    expect(Array.from(mixDown([Float32Array.of(1, 0.5), Float32Array.of(0, -0.5)]).mono)).toEqual([0.5, 0]);
    const three = mixDown([Float32Array.of(0.3), Float32Array.of(0.6), Float32Array.of(0.9)]).mono;
    expect(three[0]).toBeCloseTo(0.6, 6);
  });

  it('repairs damage without touching what it was given', () => {
    const damaged = Float32Array.of(NaN, Infinity, -Infinity, 9, -9, 0.5);
    expect(Array.from(mixDown([damaged]).clean[0] ?? [])).toEqual([0, 0, 0, 4, -4, 0.5]);
    expect(damaged[3]).toBe(9);
  });
});

describe('HopMeter', () => {
  it('gives the mean squares and sign changes of centred frames', () => {
    const samples = signal('six', 22_050);
    const hops = hopsOf(samples, 777);
    const padded = new Float32Array(samples.length + 2048);
    padded.set(samples, 1024);
    for (const t of [0, 1, 40, 100]) {
      expect(Math.sqrt(hops.powers()[t] ?? NaN)).toBeCloseTo(rootMeanSquare(padded, t * 512, 2048), 5);
      // A change at a frame's very first sample counts here.
      expect(Math.abs((hops.crossingRates()[t] ?? NaN) - zeroCrossingRate(padded, t * 512, 2048))).toBeLessThanOrEqual(1 / 2048);
    }
  });

  it('gives zeros for silence and nothing for nothing', () => {
    expect(Math.max(...hopsOf(new Float32Array(5000)).powers())).toBe(0);
    expect(hopsOf(new Float32Array(0)).powers()).toHaveLength(0);
    expect(hopsOf(Float32Array.of(0.5)).powers()).toHaveLength(1);
  });
});

describe('trimSilence', () => {
  const sound = (before: number, length: number, after: number): Float32Array => {
    const out = new Float32Array(before + length + after);
    out.set(
      Float32Array.from(noise(length, 3), (x) => 0.1 * x),
      before,
    );
    return out;
  };

  it('finds where sound begins and ends within three hops', () => {
    const samples = sound(22_050, 44_100, 33_075);
    const { start, end } = trimSilence(hopsOf(samples).powers(), samples.length / 22_050);
    expect(Math.abs(start - 1)).toBeLessThan(0.07);
    expect(Math.abs(end - 3)).toBeLessThan(0.07);
    const quiet = samples.map((x) => x / 100);
    expect(trimSilence(hopsOf(quiet).powers(), samples.length / 22_050)).toEqual({ start, end });
  });

  it('keeps all of silence, of a constant and of one sample', () => {
    expect(trimSilence(hopsOf(new Float32Array(9000)).powers(), 0.4)).toEqual({ start: 0, end: 0.4 });
    expect(trimSilence(hopsOf(new Float32Array(9000).fill(0.5)).powers(), 9000 / 22_050)).toEqual({ start: 0, end: 9000 / 22_050 });
    expect(trimSilence(hopsOf(Float32Array.of(0.5)).powers(), 1 / 22_050)).toEqual({ start: 0, end: 1 / 22_050 });
    expect(trimSilence(new Float32Array(0), 0)).toEqual({ start: 0, end: 0 });
    expect(audibleFrames(new Float32Array(5))).toEqual([]);
  });
});

describe('LevelMeter', () => {
  const levelsOf = (channels: readonly Float32Array[]) => {
    const meter = new LevelMeter(8000);
    meter.push(channels, channels[0] ?? new Float32Array(0));
    return meter.finish();
  };

  it('a sine stands 3 dB above its loudness, but for the weighting', () => {
    const sine = Float32Array.from({ length: 8000 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 997 * i) / 8000));
    const { truePeak, loudness, dynamicRange: range } = levelsOf([sine]);
    expect(truePeak).toBeCloseTo(-6, 0);
    expect(range).toBeCloseTo(truePeak - loudness, 9);
    expect(Math.abs(range - 3)).toBeLessThan(0.7);
  });

  it('silence and nothing: -70, -70 and zeros', () => {
    for (const channels of [[new Float32Array(8000)], [new Float32Array(0)]]) {
      expect(levelsOf(channels)).toMatchObject({ loudness: -70, truePeak: -70, loudnessRange: 0, dynamicRange: 0 });
    }
    expect(dynamicRange(-70, -70)).toBe(0);
  });
});
