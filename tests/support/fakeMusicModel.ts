import { PATCH_FRAMES, PATCH_MELS } from '../../src/library/features/emotion/patchLayout';
import type { MusicModel } from '../../src/library/features/emotion/musicModel';
import type { ModelManifest } from '../../src/ml/manifest';
import type { Session, Tensor } from '../../src/ml/session';

/** A batch of rows as an output. */
export const rowsOf = (rows: readonly (readonly number[])[]): Tensor => ({
  data: Float32Array.from(rows.flat()),
  shape: [rows.length, rows[0]?.length ?? 0],
});

type Answer = (row: Float32Array) => Readonly<Record<string, readonly number[]>>;

/** A network that answers each row of its one input by itself. @param width numbers per row */
export function fakeNetwork(input: string, width: number, answer: Answer, outputs: ModelManifest['outputs'] = []): Session {
  return {
    manifest: {
      name: `fake ${input}`,
      inputs: [{ name: input, dtype: 'float32', shape: [-1, width] }],
      outputs,
    } as unknown as ModelManifest,
    run: (feeds) => {
      const tensor = feeds[input];
      if (!tensor) throw new Error(`no ${input}`);
      const data = tensor.data as Float32Array;
      const answers = Array.from({ length: tensor.shape[0] ?? 0 }, (_, i) => answer(data.subarray(i * width, (i + 1) * width)));
      const names = Object.keys(answers[0] ?? {});
      return Promise.resolve(Object.fromEntries(names.map((name) => [name, rowsOf(answers.map((one) => one[name] ?? []))])));
    },
  };
}

const TAGS = 50;
export const FAKE_TIMBRE = 2;

/** Timbre: mean level of the picture and 1. Rock for certain, all other tags hardly. */
export const fakeListener: Session = fakeNetwork('mel', PATCH_FRAMES * PATCH_MELS, (picture) => ({
  timbre: [picture.reduce((sum, x) => sum + x, 0) / picture.length, 1],
  tags: Array.from({ length: TAGS }, (_, k) => (k === 0 ? 0.9 : 0.05)),
}));

const EMBEDDING = { name: 'embedding', dtype: 'float32', shape: [-1, 3], activation: 'none' } as const;

/** @param answer of the emotion network to a row of features and timbre */
export function fakeMusicModel(features: number, answer: Answer, listener: Session = fakeListener): MusicModel {
  return { listener, emotion: fakeNetwork('evidence', features + FAKE_TIMBRE + TAGS, answer, [EMBEDDING]) };
}
