import { AppError, codeOf } from '../../../core/errors';
import { createNetwork, type FusionNetwork } from '../../../fusion/network/network';
import { runWrittenOut, type GraphInputs } from '../../../fusion/network/tensors';
import { readWeights } from '../../../fusion/network/weights';
import type { BackendCandidate } from '../../../ml/backend/backendChoice';
import { loadModel, type ModelBytes } from '../../../ml/loadModel';
import type { ModelManifest } from '../../../ml/manifest';

export const FUSION_MODEL = 'fusion';

function bytesOf(files: ModelBytes, path: string): Uint8Array<ArrayBuffer> {
  return files.get(path) ?? fail(path);
}

const fail = (path: string): never => {
  throw new AppError('model/manifest-invalid', `${FUSION_MODEL}: no file ${path}`);
};

/** The networks written out in plain loops: nothing to download, nothing to wait for. */
function writtenOut(network: FusionNetwork, manifest: ModelManifest): BackendCandidate {
  return {
    name: 'js',
    open: async () => ({
      manifest,
      backend: 'js',
      run: async (inputs) => ({ ...runWrittenOut(network, inputs as unknown as GraphInputs) }),
      release: async () => undefined,
    }),
  };
}

/**
 * Loads the fusion model. The plain loops run first in the measurement of backends, and stay when they are fast enough; they compute
 * within the tolerance of the self-test what TensorFlow.js computes from the same file.
 * @param folder absolute URL of the model's folder, ending in '/'
 * @returns null in a build without the model
 * @throws AppError 'model/…'
 */
export async function openNetwork(folder: string): Promise<FusionNetwork | null> {
  let network: FusionNetwork | null = null;
  const before = (manifest: ModelManifest, files: ModelBytes): readonly BackendCandidate[] => {
    network = createNetwork(readWeights(new TextDecoder().decode(bytesOf(files, 'model.json')), bytesOf(files, 'weights.bin')));
    return [writtenOut(network, manifest)];
  };
  try {
    const { session } = await loadModel(folder, { before });
    await session.release();
    return network;
  } catch (error) {
    if (codeOf(error) === 'model/unavailable') return null;
    throw error;
  }
}
