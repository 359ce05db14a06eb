import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { resample } from '../../../../../src/dsp/resample';
import { PatchMeter } from '../../../../../src/library/features/emotion/patchMeter';
import { PASS_HZ, SAMPLE_RATE } from '../../../../../src/library/features/segmentLayout';
import { Segmenter } from '../../../../../src/library/features/segmenter';
import { hasFfmpeg } from '../../../../support/ffmpeg';
import type { SignalName } from '../signals';
import { signal } from '../signals';

// Minutes of sound on a busy machine take longer than the default 5 s.
vi.setConfig({ testTimeout: 300_000 });

interface GoldenCase {
  name: string;
  features: number[];
  /** Every 211th byte of the listener's pictures. */
  picture: number[];
}
const read = (file: string): { cases: GoldenCase[]; resampled?: Record<string, number[]> } =>
  JSON.parse(readFileSync(join('tests/golden', file), 'utf8')) as { cases: GoldenCase[]; resampled?: Record<string, number[]> };

const signals = read('music-signals.json');
const clips = read('music-clips.json');
const folder = join(process.env.SYNCIN_DATA ?? '../shared/data', 'music/panda4q');

function describeFirst(samples: Float32Array): { features: Float32Array } {
  const segmenter = new Segmenter();
  segmenter.push(samples);
  const [segment] = segmenter.finish();
  if (segment === undefined) throw new Error('no segment');
  return segment;
}

/** Largest difference between bytes of the listener's pictures of the first segment. */
function worstByte(samples: Float32Array, expected: readonly number[]): number {
  const meter = new PatchMeter();
  meter.push(samples);
  const [picture] = meter.finish();
  return Math.max(...expected.map((byte, i) => Math.abs((picture?.[211 * i] ?? NaN) - byte)));
}

/** Largest difference, relative for values above 1. */
function worst(actual: Float32Array, expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs((actual[i] ?? NaN) - value) / Math.max(1, Math.abs(value))));
}

describe('front end against training/music (numpy)', () => {
  it.each(signals.cases)('gives the 301 features of "$name" within 1e-3', ({ name, features }) => {
    const segment = describeFirst(signal(name as SignalName, SAMPLE_RATE));
    expect(segment.features).toHaveLength(features.length);
    expect(worst(segment.features, features)).toBeLessThan(1e-3);
  });

  it.each(signals.cases)('draws the pictures of "$name" within one step of 0.25 dB', ({ name, picture }) => {
    expect(worstByte(signal(name as SignalName, SAMPLE_RATE), picture)).toBeLessThanOrEqual(1);
  });

  it.each(Object.entries(signals.resampled ?? {}))('resamples %i Hz as scipy does', (rate, expected) => {
    const source = Number(rate);
    const out = resample(signal('chords', source).slice(0, source), source, SAMPLE_RATE, PASS_HZ).slice(1000, 1200);
    expect(worst(out, expected)).toBeLessThan(2e-6);
  });

  it.skipIf(!existsSync(folder) || !hasFfmpeg())(
    'gives the features of 20 real clips within 5e-3, their pictures within one step (needs the data folder and ffmpeg)',
    () => {
      for (const { name, features, picture } of clips.cases) {
        const pcm = execFileSync('ffmpeg', ['-v', 'error', '-i', join(folder, name), '-ac', '1', '-ar', '48000', '-f', 'f32le', '-'], {
          maxBuffer: 2 ** 26,
        });
        const samples = new Float32Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.byteLength));
        const resampled = resample(samples, 48_000, SAMPLE_RATE, PASS_HZ);
        const segment = describeFirst(resampled);
        expect(worstByte(resampled, picture), name).toBeLessThanOrEqual(1);
        expect(worst(segment.features, features), name).toBeLessThan(5e-3);
      }
    },
  );
});
