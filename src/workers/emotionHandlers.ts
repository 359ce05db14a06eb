import type { Observation } from '../core/emotion';
import { AppError } from '../core/errors';
import type { EpochMs, Milliseconds, Timed } from '../core/units';
import type { TextReading } from '../core/records/writtenEntry';
import type { OpenSession } from '../ml/backend/backendChoice';
import type { LoadedModel, LoadModelOptions, LoadProgress } from '../ml/loadModel';
import type { FaceGeometry } from '../modalities/face/frame';
import type { BaselineState, Estimator, FrontEnd, Modality, StillImage } from '../modalities/modality';
import type { ModalityId } from '../modalities/registry';
import type { VoiceReading } from '../modalities/voice/frame';
import type { CallContext } from '../rpc/rpc';

/** A model that is ready, as the model table shows it. */
export interface OpenedModel {
  readonly name: string;
  readonly version: string;
  /** E.g. 'wasm, 2 threads' or 'webgpu'. */
  readonly backend: string;
}

export interface OpenResult {
  readonly models: readonly OpenedModel[];
}

export interface PushResult {
  /** null: the modality's window is not complete. */
  readonly observation: Observation<ModalityId> | null;
  readonly geometry: FaceGeometry | null;
  /** Of a modality that learns its person's rest; null for others. */
  readonly baseline: BaselineState | null;
  /** Of a modality that shows what it measured; null for others. */
  readonly reading: VoiceReading | null;
  /** ms per stage of this frame: 'detect', 'crop', 'model', and 'total' from capture to estimate. */
  readonly stages: Readonly<Record<string, Milliseconds>>;
  /** Time inside the worker. */
  readonly took: Milliseconds;
}

export interface ImageResult {
  readonly observation: Observation<ModalityId>;
  readonly stages: Readonly<Record<string, Milliseconds>>;
}

/** A modality whose frames this file only passes on. */
export type AnyModality = Modality<unknown, unknown, ModalityId>;

/** Everything of the worker's surroundings, so that Node can test the handlers. */
export interface EmotionDependencies {
  readonly modalities: Readonly<Record<ModalityId, AnyModality>>;
  readonly loadModel: (folder: string, options: LoadModelOptions) => Promise<LoadedModel>;
  /** Brings the runtimes behind a modality into the browser's cache, telling how far it is. */
  readonly prefetch: (
    modality: AnyModality,
    vendorUrl: string,
    signal: AbortSignal,
    onProgress: (progress: LoadProgress) => void,
  ) => Promise<void>;
  /** Monotonic, ms. */
  readonly clock: () => Milliseconds;
  readonly now: () => EpochMs;
}

export interface OpenRequest {
  readonly id: ModalityId;
  /** Absolute URL of the app's folder, ending in '/'. */
  readonly baseUrl: string;
}

export interface PushRequest {
  readonly id: ModalityId;
  /** Oldest first. */
  readonly frames: readonly Timed<unknown>[];
}

export interface ImageRequest {
  readonly id: ModalityId;
  readonly image: StillImage;
  /** The picture already is a tight crop of one face. */
  readonly cropped: boolean;
}

export interface TextsRequest {
  readonly id: ModalityId;
  readonly texts: readonly string[];
}

/** 'start' records anew; 'save' only asks; anything else is what an earlier 'save' gave. */
export interface BaselineRequest {
  readonly id: ModalityId;
  readonly wanted: 'start' | 'save' | { readonly restore: unknown };
}

export interface BaselineResult {
  readonly state: BaselineState;
  readonly saved: unknown;
}

export type EmotionHandlers = {
  open(request: OpenRequest, context: CallContext): Promise<OpenResult>;
  /** One result for each frame. */
  push(request: PushRequest): Promise<readonly PushResult[]>;
  estimateImage(request: ImageRequest): Promise<ImageResult>;
  /** One reading per text; by what needs no model while the modality is not open. */
  readTexts(request: TextsRequest, context: CallContext): Promise<readonly TextReading[]>;
  /** null when the modality has no baseline. */
  baseline(request: BaselineRequest): BaselineResult | null;
  close(request: { readonly id: ModalityId }): Promise<void>;
};

interface Opened {
  /** null when the sensor already gives frames. */
  readonly frontEnd: FrontEnd<unknown, unknown> | null;
  readonly estimator: Estimator<unknown, ModalityId>;
  readonly sessions: readonly OpenSession[];
  /** Filled anew by every push. */
  readonly stages: Map<string, Milliseconds>;
}

/** One bar for several downloads: each source's latest word, added up. */
function progressSum(report: (progress: LoadProgress) => void): () => (progress: LoadProgress) => void {
  const latest: LoadProgress[] = [];
  return () => {
    const place = latest.push({ loadedBytes: 0, totalBytes: 0 }) - 1;
    return (progress) => {
      latest[place] = progress;
      report({
        loadedBytes: latest.reduce((sum, { loadedBytes }) => sum + loadedBytes, 0),
        totalBytes: latest.reduce((sum, { totalBytes }) => sum + totalBytes, 0),
      });
    };
  };
}

function stamped(observation: Observation<ModalityId>, latencyMs: Milliseconds): Observation<ModalityId> {
  return observation.kind === 'estimate' ? { kind: 'estimate', estimate: { ...observation.estimate, latencyMs } } : observation;
}

class EmotionWorker {
  readonly #opened = new Map<ModalityId, Opened>();
  /** Of modalities that can do without a model. */
  readonly #small = new Map<ModalityId, Estimator<unknown, ModalityId>>();

  constructor(private readonly dependencies: EmotionDependencies) {}

  async open({ id, baseUrl }: OpenRequest, { signal, progress }: CallContext): Promise<OpenResult> {
    await this.close(id);
    const modality = this.dependencies.modalities[id];
    const sessions: OpenSession[] = [];
    try {
      const vendorUrl = new URL('vendor/', baseUrl).href;
      const source = progressSum(progress);
      const ready = this.dependencies.prefetch(modality, vendorUrl, signal, source());
      const loading = modality.models.map((name) =>
        this.dependencies.loadModel(new URL(`models/${name}/`, baseUrl).href, { signal, onProgress: source() }),
      );
      // All of them, so that what did open can be released when another did not.
      const [results] = await Promise.all([Promise.allSettled(loading), Promise.allSettled([ready])]);
      for (const result of results) if (result.status === 'fulfilled') sessions.push(result.value.session);
      await Promise.all([ready, ...loading]);
      const frontEnd = (await modality.openFrontEnd?.({ vendorUrl, signal })) ?? null;
      const stages = new Map<string, Milliseconds>();
      const estimator = modality.createEstimator(sessions, {
        clock: this.dependencies.clock,
        onStage: (stage, took) => stages.set(stage, took),
      });
      this.#opened.set(id, { frontEnd, estimator, sessions, stages });
      return { models: sessions.map(({ manifest: { name, version }, backend }) => ({ name, version, backend })) };
    } catch (error) {
      for (const session of sessions) await session.release();
      throw error;
    }
  }

  async push({ id, frames }: PushRequest): Promise<readonly PushResult[]> {
    const results: PushResult[] = [];
    for (const frame of frames) results.push(await this.#push(id, frame));
    return results;
  }

  async #push(id: ModalityId, raw: Timed<unknown>): Promise<PushResult> {
    const opened = this.#find(id);
    const { clock, now } = this.dependencies;
    opened.stages.clear();
    const started = clock();
    const frame = opened.frontEnd ? await opened.frontEnd.read(raw) : raw;
    if (opened.frontEnd) opened.stages.set('detect', clock() - started);
    const observation = await opened.estimator.push(frame);
    const latency = Math.max(0, now() - raw.at);
    opened.stages.set('total', latency);
    return {
      observation: observation && stamped(observation, latency),
      geometry: this.dependencies.modalities[id].geometryOf?.(frame.value) ?? null,
      baseline: opened.estimator.baseline?.state ?? null,
      reading: opened.estimator.reading ?? null,
      stages: Object.fromEntries(opened.stages),
      took: clock() - started,
    };
  }

  async estimateImage({ id, image, cropped }: ImageRequest): Promise<ImageResult> {
    const { frontEnd, sessions } = this.#find(id);
    if (!frontEnd?.readImage) throw new AppError('unexpected', `${id} reads no pictures`);
    const { modalities, clock, now } = this.dependencies;
    const stages = new Map<string, Milliseconds>();
    const started = clock();
    const value = await frontEnd.readImage(image, cropped);
    stages.set('detect', clock() - started);
    // An estimator of its own: a still must not enter the window of the live signal.
    const estimator = modalities[id].createEstimator(sessions, { still: true, clock, onStage: (stage, took) => stages.set(stage, took) });
    const observation = await estimator.push({ at: now(), value });
    if (!observation) throw new AppError('unexpected', `${id} says nothing about a single picture`);
    const total = clock() - started;
    stages.set('total', total);
    return { observation: stamped(observation, total), stages: Object.fromEntries(stages) };
  }

  async readTexts({ id, texts }: TextsRequest, { signal, progress }: CallContext): Promise<readonly TextReading[]> {
    const estimator = this.#opened.get(id)?.estimator ?? this.#withoutModel(id);
    if (!estimator.readTexts) throw new AppError('unexpected', `${id} reads no texts`);
    const readings: TextReading[] = [];
    for (const text of texts) {
      signal.throwIfAborted();
      readings.push(...(await estimator.readTexts([text])));
      progress(readings.length);
    }
    return readings;
  }

  baseline({ id, wanted }: BaselineRequest): BaselineResult | null {
    const { baseline } = this.#find(id).estimator;
    if (!baseline) return null;
    if (wanted === 'start') baseline.start();
    else if (wanted !== 'save') baseline.restore(wanted.restore);
    return { state: baseline.state, saved: baseline.save() };
  }

  async close(id: ModalityId): Promise<void> {
    const opened = this.#opened.get(id);
    if (!opened) return;
    this.#opened.delete(id);
    opened.frontEnd?.close();
    for (const session of opened.sessions) await session.release();
  }

  #withoutModel(id: ModalityId): Estimator<unknown, ModalityId> {
    const estimator = this.#small.get(id) ?? this.dependencies.modalities[id].createEstimator([]);
    this.#small.set(id, estimator);
    return estimator;
  }

  #find(id: ModalityId): Opened {
    const opened = this.#opened.get(id);
    if (!opened) throw new AppError('unexpected', `${id} is not open`);
    return opened;
  }
}

/** The calls that `emotion.worker.ts` answers. A modality whose model fails stays closed; the others go on. */
export function createEmotionHandlers(dependencies: EmotionDependencies): EmotionHandlers {
  const worker = new EmotionWorker(dependencies);
  return {
    open: (request, context) => worker.open(request, context),
    push: (request) => worker.push(request),
    estimateImage: (request) => worker.estimateImage(request),
    readTexts: (request, context) => worker.readTexts(request, context),
    baseline: (request) => worker.baseline(request),
    close: ({ id }) => worker.close(id),
  };
}
