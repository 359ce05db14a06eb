import { codeOf, type ErrorCode } from '../../core/errors';
import type { Milliseconds } from '../../core/units';
import { fetchManifest } from '../../ml/loadModel';
import type { ModelManifest } from '../../ml/manifest';
import { isCached } from '../../ml/modelFiles';
import { wasmThreads } from '../../ml/backend/onnx';
import { hasWebgpu } from '../../ml/backend/webgpu';
import type { LabContract, ModelView, StageLatency } from '../contracts';
import { Latencies } from './latencies';
import { Timer } from '../timer';

interface Needs {
  /** Names of the folders under models/ that this app uses. */
  readonly models: readonly string[];
  /** Absolute URL of models/, ending in '/'. */
  readonly modelsUrl: string;
  readonly droppedFrames: () => number;
}

type Use = Pick<ModelView, 'state' | 'backend' | 'failure'>;

const UNUSED: Use = { state: 'not-loaded', backend: null, failure: null };
/** The screen follows the numbers once a second at most. */
const PUBLISH_MS: Milliseconds = 1000;

const viewOf = ({ name, version, files, licence, metrics }: ModelManifest, cached: boolean, use: Use): ModelView => ({
  name,
  version,
  ...use,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  isCached: cached,
  licence: licence.spdx,
  trainedOn: licence.trainedOn,
  metrics,
});

/** What runs, how good it is by its own card, and how fast it is here. */
export class LabStore implements LabContract {
  #models = $state.raw<readonly ModelView[]>([]);
  #latencies = $state.raw<readonly StageLatency[]>([]);
  #runtime = $state.raw<LabContract['runtime']>({ crossOriginIsolated: false, wasmThreads: 1, webgpu: '', droppedFrames: 0 });
  readonly #rings = new Latencies();
  readonly #publish = new Timer();
  readonly #use = new Map<string, Use>();

  constructor(private readonly needs: Needs) {}

  get models(): readonly ModelView[] {
    return this.#models;
  }

  get latencies(): readonly StageLatency[] {
    return this.#latencies;
  }

  get runtime(): LabContract['runtime'] {
    return this.#runtime;
  }

  record(stages: Readonly<Record<string, Milliseconds>>, prefix: string): void {
    for (const [stage, took] of Object.entries(stages)) this.#rings.record(`${prefix} ${stage}`, took);
    if (!this.#publish.isSet) this.#publish.set(PUBLISH_MS, () => this.#show());
  }

  /** What became of a model: it runs on a backend, or failed. */
  noteModel(name: string, use: { readonly backend: string } | { readonly failure: ErrorCode } | 'loading'): void {
    if (use === 'loading') this.#use.set(name, { ...UNUSED, state: 'loading' });
    else if ('failure' in use) this.#use.set(name, { ...UNUSED, state: 'failed', failure: use.failure });
    else this.#use.set(name, { state: 'ready', backend: use.backend, failure: null });
    this.#models = this.#models.map((model) => (model.name === name ? { ...model, ...(this.#use.get(name) ?? UNUSED) } : model));
  }

  async refresh(): Promise<void> {
    const views = await Promise.all(this.needs.models.map((name) => this.#describe(name)));
    this.#models = views.filter((view) => view !== null);
    const isolated = globalThis.crossOriginIsolated;
    this.#runtime = {
      crossOriginIsolated: isolated,
      wasmThreads: wasmThreads(isolated, navigator.hardwareConcurrency),
      webgpu: (await hasWebgpu()) ? 'yes' : 'no',
      droppedFrames: this.needs.droppedFrames(),
    };
    this.#show();
  }

  /** Ends the timer. */
  close(): void {
    this.#publish.clear();
  }

  /** null for a model that this build was made without. */
  async #describe(name: string): Promise<ModelView | null> {
    const use = this.#use.get(name) ?? UNUSED;
    try {
      const manifest = await fetchManifest(new URL(`${name}/`, this.needs.modelsUrl).href);
      const cached = await Promise.all(manifest.files.map(isCached));
      return viewOf(manifest, cached.every(Boolean), use);
    } catch (error) {
      const failure = codeOf(error);
      if (failure === 'model/unavailable') return null;
      return {
        name,
        version: '',
        bytes: 0,
        isCached: false,
        backend: null,
        state: 'failed',
        failure,
        licence: '',
        trainedOn: [],
        metrics: [],
      };
    }
  }

  #show(): void {
    this.#latencies = this.#rings.summarise();
    this.#runtime = { ...this.#runtime, droppedFrames: this.needs.droppedFrames() };
  }
}
