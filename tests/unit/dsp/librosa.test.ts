import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { correlation, describeFrames, type FeatureName } from '../../support/describeFrames';
import { signal, type SignalName } from '../library/features/signals';

// Minutes of sound on a busy machine take longer than the default 5 s.
vi.setConfig({ testTimeout: 120_000 });

interface GoldenCase {
  name: SignalName;
  frames: number[];
  features: Record<FeatureName, number[][]>;
  means: Record<FeatureName, number[]>;
}
interface Golden {
  tolerances: Record<FeatureName, { correlation: number; mean: number }>;
  cases: GoldenCase[];
}
const golden = JSON.parse(readFileSync('tests/golden/features-librosa.json', 'utf8')) as Golden;
const names = Object.keys(golden.tolerances) as FeatureName[];
const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
/** What a feature's values are like in size: the reference's largest. */
const scaleOf = (rows: readonly (readonly number[])[]): number => Math.max(...rows.flat().map(Math.abs), 1e-6);

describe('features of synthetic signals against librosa 0.11', () => {
  it.each(golden.cases)('$name', ({ name, frames, features, means }) => {
    const actual = describeFrames(signal(name, 22_050).slice(0, 6 * 22_050));
    for (const feature of names) {
      const { correlation: least, mean } = golden.tolerances[feature];
      features[feature].forEach((row, k) => {
        const ours = actual[feature][k] ?? [];
        const label = `${feature}[${String(k)}]`;
        expect(
          correlation(
            frames.map((t) => ours[t] ?? NaN),
            row,
          ),
          label,
        ).toBeGreaterThanOrEqual(least);
        expect(Math.abs(average(ours) - (means[feature][k] ?? NaN)), `${label} mean`).toBeLessThanOrEqual(
          mean * scaleOf(features[feature]),
        );
      });
    }
  });
});

const folder = join(process.env.SYNCIN_DATA ?? '../shared/data', 'reference/librosa');

interface Signal {
  file: string;
  features: Record<string, { mean: number[]; first_50_frames: number[][] }>;
  onset_strength_first_50: number[];
}
/** Names of the reference file -> ours. */
const NAMES: readonly (readonly [string, FeatureName])[] = [
  ['mfcc', 'mfcc'],
  ['chroma_stft', 'chroma'],
  ['spectral_contrast', 'contrast'],
  ['tonnetz', 'tonnetz'],
  ['spectral_centroid', 'centroid'],
  ['spectral_bandwidth', 'bandwidth'],
  ['spectral_rolloff', 'rolloff'],
  ['spectral_flatness', 'flatness'],
  ['zero_crossing_rate', 'zeroCrossingRate'],
  ['rms', 'rms'],
];

/** 16-bit mono with a 44-byte header. */
function readWav(file: string): Float32Array {
  const bytes = readFileSync(join(folder, file));
  const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.byteLength));
  return Float32Array.from(samples, (x) => x / 32_768);
}

describe.skipIf(!existsSync(folder))('features of real clips against librosa 0.11 (needs the data folder)', () => {
  const reference = existsSync(folder)
    ? (JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { signals: Record<string, Signal> }).signals
    : {};
  it.each(['vibe_ace', 'hungarian_dance_5', 'solo_trumpet'])('%s: every coefficient correlates above .999', (name) => {
    const expected = reference[name];
    if (expected === undefined) throw new Error('no reference');
    const actual = describeFrames(readWav(expected.file));
    for (const [theirs, feature] of NAMES) {
      expected.features[theirs]?.first_50_frames.forEach((row, k) => {
        const ours = actual[feature][k] ?? [];
        expect(correlation(ours.slice(0, row.length), row), `${feature}[${String(k)}]`).toBeGreaterThan(0.999);
        const wanted = expected.features[theirs]?.mean[k] ?? NaN;
        expect(Math.abs(average(ours) - wanted), `${feature}[${String(k)}] mean`).toBeLessThan(0.005 * Math.abs(wanted) + 0.05);
      });
    }
    // librosa shifts its onset strength by half a frame: 2 hops.
    expect(correlation((actual.onsetStrength[0] ?? []).slice(0, 48), expected.onset_strength_first_50.slice(2))).toBeGreaterThan(0.999);
  });
});
