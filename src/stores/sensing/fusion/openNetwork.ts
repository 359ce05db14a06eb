import { AppError, codeOf } from '../../../core/errors';
import { createNetwork, type FusionNetwork } from '../../../fusion/network/network';
import { readWeights } from '../../../fusion/network/weights';
import { fetchManifest } from '../../../ml/loadModel';
import { fetchVerified, keepOnly } from '../../../ml/modelFiles';

export const FUSION_MODEL = 'fusion';
const NETWORK = 'model.json';
const WEIGHTS = 'weights.bin';

/**
 * The fusion network: a few kilobytes that run in plain loops on the page, so that it waits for no worker and no runtime.
 * @param folder absolute URL of the model's folder, ending in '/'
 * @returns null in a build without the model
 * @throws AppError 'model/…'
 */
export async function openNetwork(folder: string): Promise<FusionNetwork | null> {
  try {
    const { name, files } = await fetchManifest(folder);
    const contents = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const file of files) contents.set(file.path, await fetchVerified(new URL(file.path, folder).href, file));
    const [network, weights] = [contents.get(NETWORK), contents.get(WEIGHTS)];
    if (!network || !weights) throw new AppError('model/manifest-invalid', `${name} needs ${NETWORK} and ${WEIGHTS}`);
    await keepOnly(
      name,
      files.map(({ sha256 }) => sha256),
    );
    return createNetwork(readWeights(new TextDecoder().decode(network), weights));
  } catch (error) {
    if (codeOf(error) === 'model/unavailable') return null;
    throw error;
  }
}
