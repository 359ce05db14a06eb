import type { ModelManifest } from '../../../../src/ml/manifest';
import type { Session } from '../../../../src/ml/session';

export const VOICE_MANIFEST: ModelManifest = {
  schema: 1,
  name: 'voice-emotion',
  version: '0.0.0',
  runtime: 'onnx',
  files: [{ path: 'model.onnx', bytes: 1, sha256: '0'.repeat(64) }],
  licence: { spdx: 'Apache-2.0', source: 'tests', trainedOn: ['nothing'] },
  task: 'emotion',
  inputs: [
    { name: 'mel', dtype: 'float32', shape: [-1, -1, 64] },
    { name: 'profile', dtype: 'float32', shape: [-1, 64] },
  ],
  outputs: [
    { name: 'logits', dtype: 'float32', shape: [-1, 8], activation: 'none' },
    { name: 'affect', dtype: 'float32', shape: [-1, 2], activation: 'tanh' },
  ],
  preprocess: { sampleRate: 16_000 },
  labels: ['anger', 'disgust', 'fear', 'happiness', 'neutral', 'sadness', 'surprise', 'neutral'],
  calibration: { temperature: 1.5 },
  metrics: [{ dataset: 'none', split: 'none', name: 'accuracy', value: 0, n: 0 }],
  selfTest: { input: 'selftest.in.f32', output: 'selftest.out.f32', tolerance: 1e-3 },
  trainedBy: { script: 'none', commit: 'none', seed: 0 },
};

/** What the model was asked: a window and the speaker's profile. */
export interface Asked {
  readonly frames: number;
  readonly mel: Float32Array;
  readonly profile: Float32Array;
}

/** Logits and affect from the means of eight groups of bands against the profile. @param seen collects what each run got */
export function fakeVoiceSession(seen: Asked[] = []): Session {
  return {
    manifest: VOICE_MANIFEST,
    run({ mel, profile }) {
      const frames = mel?.shape[1] ?? 0;
      const asked = { frames, mel: mel?.data as Float32Array, profile: profile?.data as Float32Array };
      seen.push(asked);
      const logits = Float32Array.from({ length: 8 }, (_, group) => {
        let sum = 0;
        for (let t = 0; t < frames; t++) for (let b = 8 * group; b < 8 * group + 8; b++) sum += asked.mel[t * 64 + b] ?? 0;
        return (sum / (8 * frames) - (asked.profile[8 * group] ?? 0)) / 10;
      });
      const affect = Float32Array.of(Math.tanh((logits[0] ?? 0) / 5), Math.tanh((logits[7] ?? 0) / 5));
      return Promise.resolve({ logits: { data: logits, shape: [1, 8] }, affect: { data: affect, shape: [1, 2] } });
    },
  };
}
