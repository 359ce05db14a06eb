import { expect, test } from 'vitest';
import { parseManifest } from '../../../src/ml/parseManifest';

const good = () => ({
  schema: 1,
  name: 'voice-emotion',
  version: '1.0.0',
  runtime: 'onnx',
  files: [{ path: 'model.onnx', bytes: 10, sha256: 'a'.repeat(64) }],
  licence: { spdx: 'MIT', source: 'training/voice', trainedOn: ['CREMA-D'] },
  task: 'emotion',
  inputs: [{ name: 'logmel', dtype: 'float32', shape: [-1, 1, 64, 98] }],
  outputs: [{ name: 'logits', dtype: 'float32', shape: [-1, 6], activation: 'none' }],
  preprocess: { sampleRate: 16000 },
  labels: ['anger', 'disgust', 'fear', 'happiness', 'neutral', 'sadness'] as (string | null)[],
  metrics: [{ dataset: 'CREMA-D', split: 'test', name: 'uar', value: 0.6, n: 700 }],
  selfTest: { input: 'selftest.in.f32', output: 'selftest.out.f32', tolerance: 1e-3 },
  trainedBy: { script: 'training/voice/train.py', commit: 'abc', seed: 1 },
});

test('a good manifest passes', () => expect(parseManifest(good()).name).toBe('voice-emotion'));
test('calm may be told as neutral', () => {
  const manifest = good();
  manifest.labels[1] = 'neutral';
  expect(parseManifest(manifest).labels?.[1]).toBe('neutral');
});
test.each<[string, (m: ReturnType<typeof good>) => void]>([
  [
    'manifest.labels: expected 6 labels',
    (m) => {
      m.labels.pop();
    },
  ],
  [
    'manifest.labels[0]: expected neutral | happiness',
    (m) => {
      m.labels[0] = 'angry';
    },
  ],
  [
    'manifest.labels: expected no label but neutral twice',
    (m) => {
      m.labels[0] = 'fear';
    },
  ],
  [
    'manifest.files[0].sha256',
    (m) => {
      m.files[0]!.sha256 = 'A'.repeat(64);
    },
  ],
  [
    'manifest.metrics: expected a list of at least 1',
    (m) => {
      m.metrics = [];
    },
  ],
  [
    'manifest.lables: expected no such field',
    (m) => {
      Object.assign(m, { lables: [] });
    },
  ],
  [
    'manifest.inputs[0].shape[2]: expected a finite number',
    (m) => {
      m.inputs[0]!.shape[2] = NaN;
    },
  ],
])('%s', (message, spoil) => {
  const manifest = good();
  spoil(manifest);
  expect(() => parseManifest(manifest)).toThrow(message);
});
