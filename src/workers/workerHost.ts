import { AppError } from '../core/errors';
import type { Milliseconds } from '../core/units';
import { connect, type CallOptions, type Handlers, type Remote } from '../rpc/rpc';

/** What a host needs of a worker, so that Node can test a host with a stand-in. */
export type HostedWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

export interface WorkerHostOptions {
  readonly spawn: () => HostedWorker;
  /** Stop the worker after this long without a call; null keeps it until `stop`. */
  readonly idleMs: Milliseconds | null;
  /** Early deaths in a row that are answered by a new worker; the next one is final until `stop`. */
  readonly maxRestarts?: number;
  /** A worker that lived this long starts the count of deaths anew: succeeding calls alone do not, the deadly one may follow. */
  readonly healthyMs?: Milliseconds;
  /** Wait before the first restart; doubles each time. */
  readonly backOffMs?: Milliseconds;
  /** A call that has not answered an abort after this long costs the worker its life. */
  readonly abortGraceMs?: Milliseconds;
}

export interface WorkerHost<H extends Handlers> {
  /** Starts the worker when there is none; every call may reject with 'worker/crashed'. */
  readonly remote: Remote<H>;
  readonly pending: number;
  readonly isRunning: boolean;
  /** Counts workers so far: a changed number means that state inside the worker is gone. */
  readonly generation: number;
  /** Terminates the worker; a later call starts a fresh one with a fresh count of restarts. */
  stop(): void;
}

type Client<H extends Handlers> = ReturnType<typeof connect<H>>;
interface Living<H extends Handlers> {
  readonly worker: HostedWorker;
  readonly client: Client<H>;
  readonly since: Milliseconds;
}

const sleep = (ms: Milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One worker behind a table of typed calls: started late, restarted when it dies, stopped when idle. */
class Host<H extends Handlers> {
  living: Living<H> | null = null;
  generation = 0;
  #crashes = 0;
  #calls = 0;
  #readyAt: Promise<void> = Promise.resolve();
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: Required<WorkerHostOptions>) {}

  async call(name: string, argument: unknown, options: CallOptions = {}): Promise<unknown> {
    clearTimeout(this.#idleTimer);
    this.#calls++;
    try {
      await this.#readyAt;
      options.signal?.throwIfAborted();
      const living = this.#start();
      return await this.#guard(living, name, argument, options);
    } finally {
      this.#calls--;
      if (this.#calls === 0) this.#rest();
    }
  }

  stop(): void {
    clearTimeout(this.#idleTimer);
    this.#crashes = 0;
    this.#readyAt = Promise.resolve();
    if (this.living) this.#bury(this.living, new AppError('worker/crashed', 'the worker was stopped'));
  }

  #start(): Living<H> {
    if (this.living) return this.living;
    if (this.#crashes > this.options.maxRestarts) throw new AppError('worker/crashed', `gave up after ${this.#crashes} crashes`);
    const worker = this.options.spawn();
    const living: Living<H> = { worker, client: connect<H>(worker), since: performance.now() };
    worker.addEventListener('error', ({ message }) => this.#crash(living, message || 'the worker did not start'));
    worker.addEventListener('messageerror', () => this.#crash(living, 'a message could not be read'));
    this.living = living;
    this.generation++;
    return living;
  }

  #crash(living: Living<H>, message: string): void {
    if (living !== this.living) return;
    if (performance.now() - living.since >= this.options.healthyMs) this.#crashes = 0;
    this.#crashes++;
    this.#readyAt = sleep(this.options.backOffMs * 2 ** (this.#crashes - 1));
    this.#bury(living, new AppError('worker/crashed', message));
  }

  #bury(living: Living<H>, error: Error): void {
    this.living = null;
    living.worker.terminate();
    living.client.fail(error);
  }

  /** Runs one call; when its abort stays unanswered, the whole worker goes: long wasm runs cannot be stopped otherwise. */
  async #guard(living: Living<H>, name: string, argument: unknown, options: CallOptions): Promise<unknown> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onAbort = () => {
      timer = setTimeout(() => {
        if (living === this.living) this.#bury(living, Object.assign(new Error(`${name} was aborted`), { name: 'AbortError' }));
      }, this.options.abortGraceMs);
    };
    options.signal?.addEventListener('abort', onAbort);
    try {
      const remote = living.client.remote as Record<string, (argument: unknown, options: CallOptions) => Promise<unknown>>;
      return await remote[name]?.(argument, options);
    } finally {
      options.signal?.removeEventListener('abort', onAbort);
      clearTimeout(timer);
    }
  }

  #rest(): void {
    const { idleMs } = this.options;
    if (idleMs === null || !this.living) return;
    this.#idleTimer = setTimeout(() => {
      if (this.living && this.#calls === 0) this.#bury(this.living, new AppError('worker/crashed', 'the worker was idle and was stopped'));
    }, idleMs);
  }
}

/** Hides a worker's life behind its handlers: callers see calls that answer or reject, never a worker. */
export function createWorkerHost<H extends Handlers>(options: WorkerHostOptions): WorkerHost<H> {
  const host = new Host<H>({ maxRestarts: 3, backOffMs: 250, healthyMs: 60_000, abortGraceMs: 5000, ...options });
  const remote = new Proxy(
    {},
    {
      get: (_, name) => (name === 'then' ? undefined : (argument: unknown, call?: CallOptions) => host.call(String(name), argument, call)),
    },
  ) as Remote<H>;
  return {
    remote,
    get pending() {
      return host.living?.client.pending ?? 0;
    },
    get isRunning() {
      return host.living !== null;
    },
    get generation() {
      return host.generation;
    },
    stop: () => host.stop(),
  };
}
