import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gaussian, seededRandom } from '../../../../src/core/random';
import { trackPitch } from '../../../../src/dsp/voice/trackPitch';
import { Yin } from '../../../../src/dsp/voice/yin';
import { fromPcm16 } from '../../../support/pcm';
import { FRAME, HOP, RATE, signal, SIGNALS, type SignalName } from './signals';

interface Case {
  name: SignalName;
  yin: number[];
  pyin: number[];
}
const { cases, clips } = JSON.parse(readFileSync('tests/golden/voice-signals.json', 'utf8')) as {
  cases: Case[];
  clips: { name: string; pyin: number[] }[];
};
const yin = new Yin({ sampleRate: RATE, frameLength: FRAME, minHz: 65, maxHz: 600 });
const frameAt = (t: number): number => t * HOP - FRAME / 2;
const cents = (a: number, b: number): number => Math.abs(1200 * Math.log2(a / b));
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

describe.each(cases)('$name', ({ name, yin: wantedYin, pyin: wantedPyin }) => {
  const wave = signal(name);
  /** Frames that lie inside the signal and not on a border of the pause. */
  const inner = wantedYin.map((_, t) => t).filter((t) => t > 3 && t < 121 && (name !== 'pause' || t < 33 || t > 80));

  test('yin is within a few cents of the truth and of librosa', () => {
    const found = inner.map((t) => yin.f0At(wave, frameAt(t)) ?? NaN);
    // The summed differences weigh the first part of a frame; a glide is a little ahead there.
    const truth = inner.map((t) => SIGNALS[name].f0[t * HOP] ?? NaN);
    expect(median(found.map((f0, i) => cents(f0, truth[i] ?? NaN)))).toBeLessThan(15);
    expect(Math.max(...found.map((f0, i) => cents(f0, truth[i] ?? NaN)))).toBeLessThan(60);
    expect(median(found.map((f0, i) => cents(f0, wantedYin[inner[i] ?? 0] ?? NaN)))).toBeLessThan(12);
  });

  test('the tracked path agrees with librosa about voicing and pitch', () => {
    const track = trackPitch(
      wantedPyin.map((_, t) => yin.candidatesAt(wave, frameAt(t))),
      HOP / RATE,
    );
    const agreeing = track.filter((f0, t) => (f0 === null) === (wantedPyin[t] === 0)).length;
    expect(agreeing / track.length).toBeGreaterThan(0.93);
    const both = track.flatMap((f0, t) => (f0 !== null && (wantedPyin[t] ?? 0) > 0 ? [cents(f0, wantedPyin[t] ?? NaN)] : []));
    expect(median(both)).toBeLessThan(12);
  });
});

test('silence has no pitch, noise hardly any', () => {
  expect(yin.f0At(new Float32Array(FRAME))).toBeNull();
  expect(yin.candidatesAt(new Float32Array(FRAME))).toEqual([]);
  const random = seededRandom(2);
  const noise = Float32Array.from({ length: 2 * RATE }, () => 0.1 * gaussian(random));
  const frames = Array.from({ length: 100 }, (_, t) => yin.candidatesAt(noise, t * HOP));
  expect(trackPitch(frames, HOP / RATE).filter((f0) => f0 !== null).length).toBeLessThan(10);
  expect(trackPitch([], HOP / RATE)).toEqual([]);
});

test('an octave that is likelier for a moment does not break the path', () => {
  const frames = Array.from({ length: 20 }, (_, t) => [
    { f0: 200, probability: t === 10 ? 0.3 : 0.8 },
    { f0: 100, probability: t === 10 ? 0.6 : 0.1 },
  ]);
  expect(trackPitch(frames, 0.016)).toEqual(new Array(20).fill(200));
});

const data = process.env.SYNCIN_DATA ?? '../shared/data';
const spoken = join(data, 'reference/cremad_frontend');

describe.skipIf(!existsSync(spoken))('voicing of acted speech against librosa 0.11 (needs the data folder)', () => {
  test.each(clips)('$name', ({ name, pyin: wanted }) => {
    const wave = fromPcm16(readFileSync(join(spoken, name)).subarray(44));
    const track = trackPitch(
      wanted.map((_, t) => yin.candidatesAt(wave, frameAt(t))),
      HOP / RATE,
    );
    const agreeing = track.filter((f0, t) => (f0 === null) === (wanted[t] === 0)).length;
    expect(agreeing / track.length).toBeGreaterThan(0.85);
    const both = track.flatMap((f0, t) => (f0 !== null && (wanted[t] ?? 0) > 0 ? [cents(f0, wanted[t] ?? NaN)] : []));
    // One of them is whispered.
    if (wanted.some((f0) => f0 > 0)) expect(median(both)).toBeLessThan(12);
    else expect(both).toHaveLength(0);
  });
});

const folder = join(data, 'reference/librosa');

describe.skipIf(!existsSync(folder))('f0 of reference clips against librosa 0.11 (needs the data folder)', () => {
  const signals = existsSync(folder)
    ? (
        JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
          signals: Record<string, { file: string; features: { yin_f0: { first_50_frames: number[] | number[][] } } }>;
        }
      ).signals
    : {};
  test.each(['sine440', 'solo_trumpet'])('%s: the median of the first frames differs by less than 10 cents', (name) => {
    const { file, features } = signals[name] ?? { file: '', features: { yin_f0: { first_50_frames: [] } } };
    const wanted = features.yin_f0.first_50_frames.flat();
    const wave = fromPcm16(readFileSync(join(folder, file)).subarray(44));
    const reference = new Yin({ sampleRate: 22_050, frameLength: 2048, minHz: 65.406, maxHz: 2093 });
    const away = wanted.slice(2).map((f0, t) => cents(reference.f0At(wave, (t + 2) * 512 - 1024) ?? NaN, f0));
    expect(away.length).toBeGreaterThan(40);
    expect(median(away)).toBeLessThan(10);
  });
});
