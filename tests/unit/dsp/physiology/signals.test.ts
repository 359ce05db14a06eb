import { bandPower } from '../../../../src/dsp/physiology/spectrum/bandPower';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lombSpectrum, welchSpectrum } from '../../../../src/dsp/physiology/hrv/frequencyDomain';
import { estimateRespiration } from '../../../../src/dsp/physiology/hrv/respiration';
import { pnn50, poincare, rmssd, sdnn, sdsd } from '../../../../src/dsp/physiology/hrv/timeDomain';
import { findPulsePeaks, pulseIntervals } from '../../../../src/dsp/physiology/pulse/pulsePeaks';
import { cleanConductance, splitConductance } from '../../../../src/dsp/physiology/skin/conductance';
import { conductanceQuality } from '../../../../src/dsp/physiology/skin/conductanceQuality';
import { findRelativeResponses, findResponses } from '../../../../src/dsp/physiology/skin/responses';
import { temperatureSlope } from '../../../../src/dsp/physiology/skin/temperature';
import { TimedWindow } from '../../../../src/dsp/physiology/timedWindow';
import { ROOT } from '../../../support/sourceTree';

interface Golden {
  readonly hearts: readonly Readonly<Record<'beats' | 'sdnn' | 'rmssd' | 'sdsd' | 'pnn50' | 'sd1' | 'sd2' | 'lf' | 'hf', number>>[];
  readonly skin: {
    readonly seconds: number;
    readonly rate: number;
    readonly peaks: number[];
    readonly onsets: (number | null)[];
    readonly clean: number[];
    readonly tonic: number[];
    readonly phasic: number[];
  };
}
const golden = JSON.parse(readFileSync(join(ROOT, 'tests/golden/physiology-signals.json'), 'utf8')) as Golden;

const heart = (beats: number): number[] =>
  Array.from({ length: beats }, (_, i) => Math.round(850 + 40 * Math.sin(0.9 * i) + 25 * Math.sin(0.31 * i) + 9 * Math.sin(i * i)));

function conductance(seconds: number, rate: number): Float64Array {
  const rises = Math.floor((seconds - 7) / 13) + 1;
  return Float64Array.from({ length: seconds * rate }, (_, i) => {
    const t = i / rate;
    let x = 4 + 0.3 * Math.sin(t / 40);
    for (let k = 0; k < rises; k++) {
      const s = Math.max(t - 7 - 13 * k, 0);
      x += (0.2 + 0.1 * (k % 4)) * (Math.exp(-s / 4) - Math.exp(-s / 0.8));
    }
    return x;
  });
}

const relative = (got: number | null | undefined, wanted: number) => Math.abs((got ?? NaN) / wanted - 1);

describe('signals made by formulas, as numpy and scipy see them', () => {
  it.each(golden.hearts)('heart of $beats beats', ({ beats, ...wanted }) => {
    const nn = heart(beats);
    const shape = poincare(nn);
    const spectrum = welchSpectrum(nn);
    const got = { sdnn: sdnn(nn), rmssd: rmssd(nn), sdsd: sdsd(nn), pnn50: pnn50(nn), sd1: shape?.sd1, sd2: shape?.sd2 };
    for (const [name, value] of Object.entries(got)) expect(relative(value, wanted[name as keyof typeof got]), name).toBeLessThan(1e-6);
    expect(relative(spectrum?.low, wanted.lf)).toBeLessThan(beats * 0.85 < 64 ? Infinity : 0.02);
    expect(relative(spectrum?.high, wanted.hf)).toBeLessThan(beats * 0.85 < 64 ? Infinity : 0.02);
  });

  it('skin conductance', () => {
    const { seconds, rate, ...wanted } = golden.skin;
    const clean = cleanConductance(conductance(seconds, rate), rate);
    const { tonic, phasic } = splitConductance(clean, rate);
    const found = findRelativeResponses(phasic, rate);
    expect(found.map(({ peak }) => peak)).toEqual(wanted.peaks);
    expect(found.map(({ onset }) => onset)).toEqual(wanted.onsets);
    for (const [series, values] of [
      [clean, wanted.clean],
      [tonic, wanted.tonic],
      [phasic, wanted.phasic],
    ] as const) {
      values.forEach((value, i) => expect(Math.abs((series[i * 500] ?? NaN) - value)).toBeLessThan(1e-9));
    }
  });
});

/** Intervals of a heart that breathes `perMinute` times. */
function breathingHeart(perMinute: number, seconds: number): number[] {
  const nn: number[] = [];
  for (let t = 0; t < seconds; t += (nn.at(-1) ?? 0) / 1000) nn.push(900 + 40 * Math.sin((2 * Math.PI * perMinute * t) / 60));
  return nn;
}

describe('known answers', () => {
  it.each([9, 12, 15, 20])('%i breaths per minute', (perMinute) => {
    const respiration = estimateRespiration(breathingHeart(perMinute, 120));
    expect(Math.abs((respiration?.rate ?? NaN) - perMinute)).toBeLessThan(0.5);
    expect(respiration?.clarity).toBeGreaterThan(0.6);
    expect(Math.abs((respiration?.amplitude ?? NaN) - 80)).toBeLessThan(12);
  });

  it('a spectrum adds up to the variance', () => {
    const nn = breathingHeart(15, 300);
    const variance = (sdnn(nn) ?? NaN) ** 2;
    expect(relative(lombSpectrum(nn)?.high, variance)).toBeLessThan(0.05);
    expect(relative(welchSpectrum(nn)?.high, variance)).toBeLessThan(0.1);
  });

  it.each([45, 72, 110, 160])('a pulse of %i beats per minute at 50 Hz', (bpm) => {
    const rate = 50;
    const wave = Array.from({ length: 30 * rate }, (_, i) => {
      const phase = ((i / rate) * bpm) / 60;
      // The reflected wave follows a third of a second later, however slow the heart.
      const s = (phase % 1) * (60 / bpm);
      return 500 + 80 * Math.exp(-(((s - 0.15) / 0.09) ** 2)) + 15 * Math.exp(-(((s - 0.45) / 0.12) ** 2)) + 20 * Math.sin(phase / 9);
    });
    const peaks = findPulsePeaks(wave, rate);
    expect(Math.abs(peaks.length - bpm / 2)).toBeLessThanOrEqual(1);
    const intervals = pulseIntervals(wave, peaks, rate);
    expect(intervals.every((interval) => Math.abs(interval - 60_000 / bpm) < 25)).toBe(true);
  });

  it('a cooling finger', () => {
    const times = Array.from({ length: 120 }, (_, i) => i);
    expect(
      temperatureSlope(
        times,
        times.map((t) => 33 - 0.005 * t),
      ),
    ).toBeCloseTo(-0.3, 9);
    expect(
      temperatureSlope(
        times,
        times.map((t) => (t % 7 ? 33 : 85)),
      ),
    ).toBeCloseTo(0, 9);
    expect(temperatureSlope([0, 10], [33, 34])).toBeNull();
  });

  it('the quality of a hand, of air and of a shaken wire', () => {
    const hand = conductance(60, 4);
    expect(conductanceQuality(hand, 4).overall).toBe(1);
    expect(
      conductanceQuality(
        hand.map(() => 0),
        4,
      ).overall,
    ).toBe(0);
    expect(
      conductanceQuality(
        hand.map((value, i) => (i % 3 ? value : 3 * value)),
        4,
      ).overall,
    ).toBeLessThan(0.7);
    expect(conductanceQuality([], 4).overall).toBe(0);
  });
});

describe('nothing gives nothing, never NaN', () => {
  it.each([[[]], [[800]], [[800, 800]], [[0, 0, 0, 0, 0]]])('%j', (nn) => {
    const spectrum = [welchSpectrum(nn), lombSpectrum(nn)].flatMap((one) => (one ? [one.low, one.high, one.total] : []));
    const values = [sdnn(nn), rmssd(nn), pnn50(nn), poincare(nn)?.sd2 ?? null, ...spectrum, estimateRespiration(nn)?.rate ?? null];
    expect(values.every((value) => value === null || Number.isFinite(value))).toBe(true);
  });

  it('in skin and pulse', () => {
    for (const signal of [[], [1], [1, 1], new Float64Array(500)]) {
      const { tonic, phasic } = splitConductance(cleanConductance(signal, 100), 100);
      expect([...tonic, ...phasic].every(Number.isFinite)).toBe(true);
      expect(findResponses(phasic, 100, 0.01)).toEqual([]);
      expect(findPulsePeaks(signal, 50)).toEqual([]);
    }
  });
});

describe('TimedWindow', () => {
  it('keeps a span, in order, without what is not finite', () => {
    const window = new TimedWindow(1000);
    for (const [at, value] of [
      [0, 1],
      [900, 3],
      [500, 2],
      [1200, NaN],
      [1400, 4],
    ] as const)
      window.push(at, value);
    expect(window.between(-Infinity, Infinity)).toEqual([2, 3, 4]);
    expect(window.timesBetween(500, 1400)).toEqual([900, 1400]);
    expect([window.oldest, window.newest, window.size]).toEqual([500, 1400, 3]);
    window.clear();
    expect(window.newest).toBeNull();
  });
});

describe('power of a band', () => {
  const wave = (hz: number, amplitude: number, n = 480, rate = 4) =>
    Float64Array.from({ length: n }, (_, i) => 7 + amplitude * Math.sin((2 * Math.PI * hz * i) / rate));

  it('a sine inside the band has half its squared amplitude, outside it next to nothing', () => {
    expect(bandPower(wave(0.1, 2), 4, 0.045, 0.25)).toBeCloseTo(2, 9);
    expect(bandPower(wave(0.4, 2), 4, 0.045, 0.25)).toBeLessThan(1e-12);
  });

  it.each([0, 1, 2, 30])('%i equal values have none', (n) => expect(bandPower(new Float64Array(n).fill(3), 4, 0.045, 0.25)).toBe(0));
});
