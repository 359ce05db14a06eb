import { loadModel } from '../../src/ml/loadModel';

export interface BackendBench {
  readonly model: string;
  /** What the product would use here. */
  readonly chosen: string;
  /** Median ms of one run for each backend that the product tried; it stops trying once one is fast enough. */
  readonly measured: Readonly<Record<string, number>>;
}

/** The product's own choice of a backend for each model, on the page's thread. */
export async function benchBackends(models: readonly string[]): Promise<BackendBench[]> {
  const results: BackendBench[] = [];
  for (const model of models) {
    const { session, measured } = await loadModel(new URL(`models/${model}/`, document.baseURI).href);
    results.push({ model, chosen: session.backend, measured });
    await session.release();
  }
  return results;
}
