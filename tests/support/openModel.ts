import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web/wasm';
import { parseManifest } from '../../src/ml/parseManifest';
import type { Session, Tensor } from '../../src/ml/session';

const MODELS = join(import.meta.dirname, '../../models');

/** Whether this checkout has the model. */
export const hasModel = (name: string): boolean => statSync(join(MODELS, name, 'manifest.json'), { throwIfNoEntry: false }) !== undefined;

/** A shipped model in Node, in one wasm thread: the numbers that browsers compute. */
export async function openModel(name: string, folder: string = join(MODELS, name)): Promise<Session> {
  const manifest = parseManifest(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  ort.env.wasm.numThreads = 1;
  const [network, ...others] = manifest.files;
  const opened = await ort.InferenceSession.create(readFileSync(join(folder, network?.path ?? '')));
  return {
    manifest,
    assets: new Map(others.map(({ path }) => [path, readFileSync(join(folder, path), 'utf8')])),
    async run(inputs) {
      const feeds = Object.entries(inputs).map(([key, { data, shape }]) => [key, new ort.Tensor(data as Float32Array, shape)]);
      const outputs = await opened.run(Object.fromEntries(feeds) as Record<string, ort.Tensor>);
      return Object.fromEntries(Object.entries(outputs).map(([key, { data, dims }]) => [key, { data, shape: dims } as Tensor]));
    },
  };
}
