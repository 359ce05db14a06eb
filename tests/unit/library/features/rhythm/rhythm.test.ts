import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { OnsetRecorder } from '../../../../../src/library/features/rhythm/onsetRecorder';
import { songRhythm, type SongRhythm } from '../../../../../src/library/features/rhythm/songRhythm';
import { pulseClarity } from '../../../../../src/library/features/rhythm/songTempo';
import { autocorrelationTempogram, valueAtLag } from '../../../../../src/library/features/rhythm/tempogram';
import { tempoPath } from '../../../../../src/library/features/rhythm/tempoPath';
import { SAMPLE_RATE } from '../../../../../src/library/features/segmentLayout';
import { Segmenter } from '../../../../../src/library/features/segmenter';
import { beatFMeasure, octaveOf, trimBeats } from '../../../../support/beatMetrics';
import { noise, signal } from '../signals';

// Minutes of sound on a busy machine take longer than the default 5 s.
vi.setConfig({ testTimeout: 120_000 });

function rhythmOf(samples: Float32Array): SongRhythm {
  const recorder = new OnsetRecorder();
  const segmenter = new Segmenter((table) => {
    recorder.add(table);
  });
  segmenter.push(samples);
  segmenter.finish();
  return songRhythm(recorder.curves());
}

/** Notes of a chord that changes every bar, a kick on each beat, the first of a bar twice as loud. */
function band(tempo: number, metre: number, seconds: number): Float32Array {
  const beat = 60 / tempo;
  const roots = [262, 220, 175, 196];
  const chance = noise(seconds * SAMPLE_RATE, 5);
  return Float32Array.from({ length: seconds * SAMPLE_RATE }, (_, i) => {
    const t = i / SAMPLE_RATE;
    const index = Math.floor(t / beat);
    const since = t - index * beat;
    const root = roots[Math.floor(index / metre) % 4] ?? 0;
    const chord = [1, 1.25, 1.5].reduce((sum, ratio) => sum + Math.sin(2 * Math.PI * root * ratio * t), 0);
    const kick = Math.sin(2 * Math.PI * 60 * since) * Math.exp(-20 * since) * (index % metre === 0 ? 0.6 : 0.3);
    return kick + 0.05 * chord + 0.1 * (chance[i] ?? 0) * Math.exp(-60 * since);
  });
}
const beatsOf = (tempo: number, seconds: number, every = 1): number[] =>
  Array.from({ length: Math.floor((seconds * tempo) / 60 / every) }, (_, i) => (i * every * 60) / tempo);

describe('songRhythm', () => {
  it.each([
    [72, 4],
    [96, 4],
    [120, 3],
    [150, 4],
  ])('of a band at %i bpm in %i: tempo within 1 %%, beats and bars within 70 ms', (tempo, metre) => {
    const result = rhythmOf(band(tempo, metre, 30));
    expect(Math.abs(result.tempo / tempo - 1)).toBeLessThan(0.01);
    expect(result.tempoConfidence).toBeGreaterThan(0.5);
    expect(result.pulseClarity).toBeGreaterThan(0.6);
    expect(beatFMeasure(trimBeats(beatsOf(tempo, 30)), trimBeats(Array.from(result.beats)))).toBeGreaterThan(0.95);
    expect(beatFMeasure(trimBeats(beatsOf(tempo, 30, metre)), trimBeats(Array.from(result.downbeats)))).toBeGreaterThan(0.9);
    for (const at of result.downbeats) expect(result.beats).toContain(at);
  });

  it('does not depend on gain', () => {
    const samples = band(100, 4, 20);
    const [loud, quiet] = [rhythmOf(samples), rhythmOf(samples.map((x) => x / 10))];
    expect(quiet.tempo).toBeCloseTo(loud.tempo, 1);
    expect(beatFMeasure(Array.from(loud.beats), Array.from(quiet.beats))).toBeGreaterThan(0.98);
  });

  it.each([
    ['silence', new Float32Array(5 * SAMPLE_RATE)],
    ['a constant', new Float32Array(5 * SAMPLE_RATE).fill(0.5)],
    ['a tone', Float32Array.from({ length: 5 * SAMPLE_RATE }, (_, i) => 0.3 * Math.sin((2 * Math.PI * 440 * i) / SAMPLE_RATE))],
    ['one click', new Float32Array(5 * SAMPLE_RATE).fill(1, 50_000, 50_001)],
    ['one sample', Float32Array.of(0.5)],
    ['nothing', new Float32Array(0)],
  ])('says of %s that nothing beats', (_, samples) => {
    const result = rhythmOf(samples);
    expect(result).toMatchObject({ tempo: 0, tempoConfidence: 0 });
    expect(result.beats).toHaveLength(0);
    expect(result.downbeats).toHaveLength(0);
    expect(result.pulseClarity).toBeLessThan(0.05);
  });

  it('noise has no clear pulse, a metronome has', () => {
    expect(rhythmOf(Float32Array.from(noise(20 * SAMPLE_RATE, 4), (x) => 0.2 * x)).pulseClarity).toBeLessThan(0.25);
    expect(rhythmOf(signal('beats', SAMPLE_RATE)).pulseClarity).toBeGreaterThan(0.8);
  });
});

describe('tempogram', () => {
  const pulses = (period: number, length: number): Float32Array => Float32Array.from({ length }, (_, t) => (t % period < 1 ? 5 : 0));

  it('has a row per 3 s, one at least, and reads between lags', () => {
    expect(autocorrelationTempogram(pulses(20, 512 + 3 * 128)).rows).toHaveLength(4);
    const { rows, mean } = autocorrelationTempogram(new Float32Array(0));
    expect(rows).toHaveLength(1);
    expect(Math.max(...mean)).toBe(0);
    expect(valueAtLag(Float64Array.of(0, 1, 4, 9, 16), 2.5)).toBeCloseTo(6.25, 9);
    expect(pulseClarity(autocorrelationTempogram(pulses(20, 1000)))).toBeGreaterThan(0.9);
  });

  it('the path follows a tempo that changes', () => {
    const strength = new Float32Array(4000);
    strength.set(pulses(20, 2000));
    strength.set(pulses(23, 2000), 2000);
    const period = tempoPath(autocorrelationTempogram(strength), (60 * SAMPLE_RATE) / 512 / 21);
    expect(Math.abs(period(500) - 20)).toBeLessThan(0.6);
    expect(Math.abs(period(3500) - 23)).toBeLessThan(0.6);
  });
});

const folder = join(process.env.SYNCIN_DATA ?? '../shared/data', 'reference/librosa');

/** 16-bit mono with a 44-byte header. */
function readWav(file: string): Float32Array {
  const bytes = readFileSync(join(folder, file));
  return Float32Array.from(
    new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.byteLength)),
    (x) => x / 32_768,
  );
}

describe.skipIf(!existsSync(folder))('reference clips (need the data folder)', () => {
  // The clicks' own tempo; the trumpet loop's is in its title; librosa's of the other two.
  it.each([
    ['clicks_120bpm', 120, 'same'],
    ['vibe_ace', 129.2, 'same'],
    ['hungarian_dance_5', 152, 'same'],
    ['solo_trumpet', 90, 'double'],
  ] as const)('%s: %d bpm, %s', (name, tempo, octave) => {
    expect(octaveOf(rhythmOf(readWav(`${name}.wav`)).tempo, tempo)).toBe(octave);
  });

  it.each([
    ['clicks_120bpm', 0.95],
    ['vibe_ace', 0.95],
    ['hungarian_dance_5', 0.7],
  ] as const)("%s: beats as librosa's, F at least %d", (name, least) => {
    const { signals } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
      signals: Record<string, { beat_times_s: number[] }>;
    };
    const theirs = trimBeats(signals[name]?.beat_times_s ?? []);
    expect(beatFMeasure(theirs, trimBeats(Array.from(rhythmOf(readWav(`${name}.wav`)).beats)))).toBeGreaterThan(least);
  });
});
