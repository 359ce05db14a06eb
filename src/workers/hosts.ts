import type { Milliseconds, Timed } from '../core/units';
import type { TextReading } from '../core/records/writtenEntry';
import { inBatches } from '../rpc/inBatches';
import { latestOnly } from '../rpc/rpc';
import type { LoadProgress } from '../ml/loadModel';
import { measureLoad, type LoadSize } from '../ml/modelSize';
import { modalities, type ModalityId } from '../modalities/registry';
import type {
  BaselineRequest,
  BaselineResult,
  EmotionHandlers,
  ImageRequest,
  ImageResult,
  OpenResult,
  PushResult,
} from './emotionHandlers';
import { createWorkerHost, type HostedWorker, type WorkerHost } from './workerHost';

export interface OpenOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Told how many are read. */
  readonly onProgress?: (read: number) => void;
}

export interface EmotionHost {
  /** Loads the models and the front end of a modality into the worker; rejects with the AppError that keeps it off. */
  open(id: ModalityId, options?: OpenOptions): Promise<OpenResult>;
  /**
   * Frames reach the worker in order. By the modality's delivery each of them, those of the last seconds, or the newest: one that
   * had to wait too long resolves to 'superseded' and is freed.
   */
  push(id: ModalityId, frame: Timed<unknown>, transfer: Transferable[]): Promise<PushResult | 'superseded'>;
  /** One still picture through the same path, for evaluation and for "try a photo". */
  estimateImage(request: ImageRequest): Promise<ImageResult>;
  /** Reads texts outside of any window; by what needs no model while the modality is not open. @returns one reading each */
  readTexts(id: ModalityId, texts: readonly string[], options?: ReadOptions): Promise<readonly TextReading[]>;
  /** Bytes that switching on loads in all, and those of them that are not here yet; rejects when the build lacks the model. */
  measureLoad(id: ModalityId): Promise<LoadSize>;
  /** Starts, asks for or restores the personal baseline of an open modality; null when it has none. */
  baseline(request: BaselineRequest): Promise<BaselineResult | null>;
  close(id: ModalityId): Promise<void>;
  /** Frames that were replaced before the worker got to them. */
  readonly droppedFrames: number;
  readonly pending: number;
  /** How long the latest frame took in the worker; null before the first. Feed it to the sensor as `busyMs`. */
  busyMs(id: ModalityId): Milliseconds | null;
  stop(): void;
}

export interface EmotionHostOptions {
  /** Where models/ and vendor/ lie; the page's base URL. */
  readonly baseUrl: string;
  readonly spawn?: () => HostedWorker;
}

type Waiting = { readonly frame: Timed<unknown>; readonly transfer: Transferable[] };
type Push = (waiting: Waiting) => Promise<PushResult | 'superseded'>;

function spawnEmotionWorker(): HostedWorker {
  return new Worker(new URL('./emotion.worker.ts', import.meta.url), { type: 'module', name: 'emotion' });
}

/** Video frames and bitmaps hold scarce memory until they are closed. */
function free({ value }: Timed<unknown>): void {
  if (typeof value === 'object' && value !== null && 'close' in value && typeof value.close === 'function') value.close();
}

/** Sound that has waited for longer says nothing about now. */
const MOST_WAIT: Milliseconds = 5000;
const isTooLong = (oldest: Waiting, newest: Waiting): boolean => newest.frame.at - oldest.frame.at > MOST_WAIT;

class Emotion implements EmotionHost {
  readonly #worker: WorkerHost<EmotionHandlers>;
  readonly #opened = new Map<ModalityId, number>();
  readonly #pushes = new Map<ModalityId, Push>();
  readonly #busy = new Map<ModalityId, Milliseconds>();
  droppedFrames = 0;

  constructor(private readonly options: EmotionHostOptions) {
    this.#worker = createWorkerHost<EmotionHandlers>({ spawn: options.spawn ?? spawnEmotionWorker, idleMs: null });
  }

  get pending(): number {
    return this.#worker.pending;
  }

  busyMs(id: ModalityId): Milliseconds | null {
    return this.#busy.get(id) ?? null;
  }

  async open(id: ModalityId, { signal, onProgress }: OpenOptions = {}): Promise<OpenResult> {
    const result = await this.#worker.remote.open(
      { id, baseUrl: this.options.baseUrl },
      {
        ...(signal && { signal }),
        ...(onProgress && { onProgress: (value: unknown) => onProgress(value as LoadProgress) }),
      },
    );
    this.#opened.set(id, this.#worker.generation);
    return result;
  }

  async push(id: ModalityId, frame: Timed<unknown>, transfer: Transferable[]): Promise<PushResult | 'superseded'> {
    const push = this.#pushes.get(id) ?? this.#createPush(id);
    this.#pushes.set(id, push);
    const result = await push({ frame, transfer });
    if (result === 'superseded') {
      this.droppedFrames++;
      free(frame);
    }
    return result;
  }

  #createPush(id: ModalityId): Push {
    const send = async (batch: readonly Waiting[]): Promise<readonly PushResult[]> => {
      await this.#reopen(id);
      const frames = batch.map(({ frame }) => frame);
      const pushed = await this.#worker.remote.push({ id, frames }, { transfer: batch.flatMap(({ transfer }) => transfer) });
      this.#busy.set(id, Math.max(...pushed.map(({ took }) => took)));
      return pushed;
    };
    const { delivery } = modalities[id];
    if (delivery === 'every') return inBatches(send);
    if (delivery === 'recent') return inBatches(send, isTooLong);
    return latestOnly(async (waiting) => (await send([waiting]))[0] ?? 'superseded');
  }

  async estimateImage(request: ImageRequest): Promise<ImageResult> {
    await this.#reopen(request.id);
    return this.#worker.remote.estimateImage(request);
  }

  async readTexts(id: ModalityId, texts: readonly string[], { signal, onProgress }: ReadOptions = {}): Promise<readonly TextReading[]> {
    await this.#reopen(id);
    return this.#worker.remote.readTexts(
      { id, texts },
      { ...(signal && { signal }), ...(onProgress && { onProgress: (value: unknown) => onProgress(Number(value)) }) },
    );
  }

  async baseline(request: BaselineRequest): Promise<BaselineResult | null> {
    await this.#reopen(request.id);
    return this.#worker.remote.baseline(request);
  }

  measureLoad(id: ModalityId): Promise<LoadSize> {
    const { models, vendorFiles } = modalities[id];
    const { baseUrl } = this.options;
    return measureLoad({
      models: models.map((name) => new URL(`models/${name}/`, baseUrl).href),
      vendorUrl: new URL('vendor/', baseUrl).href,
      vendorFiles,
    });
  }

  async close(id: ModalityId): Promise<void> {
    const wasOpen = this.#opened.delete(id);
    this.#pushes.delete(id);
    this.#busy.delete(id);
    if (wasOpen && this.#worker.isRunning) await this.#worker.remote.close({ id });
  }

  stop(): void {
    this.#opened.clear();
    this.#pushes.clear();
    this.#worker.stop();
  }

  /** A worker that was restarted has forgotten what was open. */
  async #reopen(id: ModalityId): Promise<void> {
    const generation = this.#opened.get(id);
    if (generation !== undefined && (generation !== this.#worker.generation || !this.#worker.isRunning)) await this.open(id);
  }
}

/** The worker that turns frames into observations. It lives as long as the session does. */
export function createEmotionHost(options: EmotionHostOptions): EmotionHost {
  return new Emotion(options);
}
