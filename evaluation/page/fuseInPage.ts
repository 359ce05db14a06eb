import { AppError } from '../../src/core/errors';
import { fetchManifest } from '../../src/ml/loadModel';
import { FUSION_MODEL, openNetwork } from '../../src/stores/sensing/fusion/openNetwork';
import type { Condition, Fused, FusionRow } from '../fusion/fusionRow';
import { fuseRows } from '../fusion/fuseRows';
import type { ModelInUse } from '../subjects/subject';

export interface FuseRequest {
  readonly rows: readonly FusionRow[];
  readonly conditions: readonly Condition[];
}

export interface FusedInPage {
  readonly model: ModelInUse;
  /** For each condition one for each row. */
  readonly answers: readonly (readonly Fused[])[];
}

/** The network that ships, opened as the product opens it: by hash, self-tested, on the backend that it chooses. */
export async function fuseInPage({ rows, conditions }: FuseRequest): Promise<FusedInPage> {
  const folder = new URL(`models/${FUSION_MODEL}/`, document.baseURI).href;
  const [{ name, version }, network] = await Promise.all([fetchManifest(folder), openNetwork(folder)]);
  if (!network) throw new AppError('model/unavailable', 'there is no fusion model to be evaluated');
  const answers = conditions.map((condition) => fuseRows(rows, condition, network, () => performance.now()));
  return { model: { name, version, backend: 'js' }, answers };
}
