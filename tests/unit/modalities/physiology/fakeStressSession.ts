import { HEART_FEATURES, MINUTE_RATE, SKIN_FEATURES } from '../../../../src/modalities/physiology/features';
import type { Session } from '../../../../src/ml/session';

/** A model that answers with the mean heart rate of the last minute, or else with the skin's level, and keeps what it was asked. */
export function fakeStressSession(): Session & { readonly asked: Float32Array[] } {
  const asked: Float32Array[] = [];
  const count = HEART_FEATURES + SKIN_FEATURES;
  return {
    asked,
    manifest: {
      schema: 1,
      name: 'physiology-arousal',
      version: '0.0.0',
      runtime: 'onnx',
      files: [],
      licence: { spdx: 'MIT', source: 'test', trainedOn: ['none'] },
      task: 'affect',
      inputs: [{ name: 'features', dtype: 'float32', shape: [-1, 2 * count + 2] }],
      outputs: [{ name: 'stress', dtype: 'float32', shape: [-1, 1], activation: 'sigmoid' }],
      preprocess: { std: Array.from({ length: count }, (_, i) => (i < HEART_FEATURES ? 5 : 0.5)) },
      metrics: [],
      selfTest: { input: '', output: '', tolerance: 0 },
      trainedBy: { script: '', commit: '', seed: 0 },
    },
    async run(inputs) {
      const input = inputs['features']?.data as Float32Array;
      asked.push(input.slice());
      const z = input[2 * count] === 1 ? (input[MINUTE_RATE] ?? 0) : (input[HEART_FEATURES] ?? 0);
      return { stress: { data: Float32Array.of(1 / (1 + Math.exp(-z))), shape: [1, 1] } };
    },
  };
}
