import type { ModelManifest } from '../../../../src/ml/manifest';
import type { Session } from '../../../../src/ml/session';

export const FACE_MANIFEST: ModelManifest = {
  schema: 1,
  name: 'face-emotion',
  version: '0.0.0',
  runtime: 'onnx',
  files: [{ path: 'model.onnx', bytes: 1, sha256: '0'.repeat(64) }],
  licence: { spdx: 'Apache-2.0', source: 'tests', trainedOn: ['nothing'] },
  task: 'emotion',
  inputs: [{ name: 'face', dtype: 'float32', shape: [-1, 1, 48, 48] }],
  outputs: [
    { name: 'logits', dtype: 'float32', shape: [-1, 8], activation: 'none' },
    { name: 'affect', dtype: 'float32', shape: [-1, 2], activation: 'tanh' },
  ],
  preprocess: { mean: [0.5], std: [0.25], layout: 'NCHW', colour: 'gray' },
  labels: ['neutral', 'happiness', 'surprise', 'sadness', 'anger', 'disgust', 'fear', null],
  calibration: { temperature: 2 },
  metrics: [{ dataset: 'none', split: 'none', name: 'accuracy', value: 0, n: 0 }],
  selfTest: { input: 'selftest.in.f32', output: 'selftest.out.f32', tolerance: 1e-3 },
  trainedBy: { script: 'none', commit: 'none', seed: 0 },
};

const SIZE = 48 * 48;

/** Of one crop: eight logits from its eight horizontal bands; affect from its upper and lower half. */
function answer(pixels: Float32Array): { logits: number[]; affect: number[] } {
  const band = (from: number, to: number) => pixels.subarray(from * 48, to * 48).reduce((a, b) => a + b, 0) / ((to - from) * 48);
  return {
    logits: Array.from({ length: 8 }, (_, i) => 2 * band(i * 6, i * 6 + 6)),
    affect: [Math.tanh(band(0, 24)), Math.tanh(band(24, 48))],
  };
}

/** @param seen collects the crops of each run, as the model got them */
export function fakeFaceSession(seen: Float32Array[] = []): Session {
  return {
    manifest: FACE_MANIFEST,
    run({ face }) {
      const pixels = face?.data as Float32Array;
      const n = pixels.length / SIZE;
      seen.push(pixels);
      const answers = Array.from({ length: n }, (_, i) => answer(pixels.subarray(i * SIZE, (i + 1) * SIZE)));
      return Promise.resolve({
        logits: { data: Float32Array.from(answers.flatMap(({ logits }) => logits)), shape: [n, 8] },
        affect: { data: Float32Array.from(answers.flatMap(({ affect }) => affect)), shape: [n, 2] },
      });
    },
  };
}
