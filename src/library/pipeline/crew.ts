import { codeOf, type ErrorCode } from '../../core/errors';
import type { EpochMs, TrackId } from '../../core/units';
import type { SyncInDatabase } from '../../storage/db';
import { forgetAttempts } from '../../storage/rows/analyses';
import { unbeginReading } from '../../storage/rows/imports';
import type { LooseSong } from '../files/collectFiles';
import type { LibraryWork, PcmRequest } from '../libraryWork';
import { analyseQueued, type AnalyseOutcome } from './analyseQueued';
import { Backlog, type Job } from './backlog';
import { failureKind } from './failureKind';
import type { LibraryEvent, PipelineProgress } from './pipelineEvents';
import { ProgressMeter } from './progressMeter';
import { readQueued, type ReadOutcome } from './readQueued';
import { analyseJob } from './recoverBacklog';
import { throttle } from './timing/throttle';

export interface CrewOptions {
  readonly db: SyncInDatabase;
  readonly workers: readonly LibraryWork[];
  readonly now: () => EpochMs;
  readonly looseFiles: Map<TrackId, LooseSong>;
  readonly decodeOnPage: (file: File) => Promise<PcmRequest>;
  readonly onEvent: (event: LibraryEvent) => void;
  /** A folder's permission turned out to be gone. */
  readonly onBlocked: () => Promise<void>;
  /** Everything is through. */
  readonly onIdle: () => Promise<void>;
}

const PROGRESS_PAUSE_MS = 250;
/** Crashes in a row, of whatever files, after which the workers themselves must be at fault. */
const MAX_CRASHES = 4;

/** Puts the workers to the waiting jobs, one job each, and carries results and failures to where they belong. */
export class Crew {
  readonly backlog = new Backlog();
  readonly #meter = new ProgressMeter();
  readonly #free: LibraryWork[];
  readonly #running = new Set<AbortController>();
  #isPaused = false;
  #isStopped = false;
  /** Why nothing (or no analysis) can be done until the user acts. */
  #halted: ErrorCode | null = null;
  #crashes = 0;
  /** How many may work at a time. */
  #limit = Infinity;
  readonly #tell = throttle(() => this.options.onEvent({ kind: 'progress', progress: this.progress }), PROGRESS_PAUSE_MS);
  /** Decoding on the page holds a whole song in memory. */
  #pageDecoding: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: CrewOptions) {
    this.#free = [...options.workers];
  }

  get progress(): PipelineProgress {
    const stuck: ErrorCode | null = this.backlog.isStuck ? 'library/permission-lost' : null;
    return this.#meter.describe({
      reading: this.backlog.count('read'),
      analysing: this.backlog.count('analyse'),
      isPaused: this.#isPaused || this.#isHalted || stuck !== null,
      because: this.#halted ?? stuck,
      current: this.backlog.inHand[0]?.path ?? null,
      stale: this.backlog.stale,
    });
  }

  add(jobs: readonly Job[]): void {
    for (const job of jobs) this.backlog.add(job);
    this.#pump();
  }

  /** How many workers may work at a time; those above it finish the song they are at. */
  limit(workers: number): void {
    this.#limit = Math.max(1, workers);
    this.#pump();
  }

  pause(): void {
    this.#isPaused = true;
    this.#meter.rest(this.options.now());
    this.#abortAll();
    this.#tell();
  }

  /** Also tries again what was halted. */
  resume(): void {
    this.#isPaused = false;
    this.#halted = null;
    this.#crashes = 0;
    this.#pump();
  }

  stop(): void {
    this.#isStopped = true;
    this.#abortAll();
    this.#tell.cancel();
    for (const worker of this.options.workers) worker.stop();
  }

  #abortAll(): void {
    for (const controller of this.#running) controller.abort();
  }

  /** A missing model keeps songs from being analysed, not files from being read. */
  get #mayAnalyse(): boolean {
    return this.#halted === null || !this.#halted.startsWith('model/');
  }

  get #isHalted(): boolean {
    return this.#halted !== null && (this.#mayAnalyse || this.backlog.count('read') === 0);
  }

  #pump(): void {
    if (this.#isStopped || this.#isPaused || this.#isHalted) return this.#tell();
    while (this.#running.size < this.#limit) {
      const work = this.#free.pop();
      if (!work) break;
      const job = this.backlog.take(this.#mayAnalyse);
      if (!job) {
        this.#free.push(work);
        break;
      }
      this.#meter.work(this.options.now());
      void this.#run(job, work);
    }
    this.#tell();
  }

  async #run(job: Job, work: LibraryWork): Promise<void> {
    const controller = new AbortController();
    this.#running.add(controller);
    try {
      await (job.kind === 'read' ? this.#read(job, work, controller.signal) : this.#analyse(job, work, controller.signal));
      this.#crashes = 0;
    } catch (error) {
      if (!this.#isStopped) await this.#setBack(job, error);
    } finally {
      this.#running.delete(controller);
      this.#free.push(work);
      this.#pump();
      await this.#restWhenIdle();
    }
  }

  async #restWhenIdle(): Promise<void> {
    if (this.#isStopped || this.#running.size > 0) return;
    this.#meter.rest(this.options.now());
    if (this.backlog.count('read') + this.backlog.count('analyse') > 0) return;
    this.#meter.reset();
    try {
      await this.options.onIdle();
    } catch (error) {
      this.#halted = codeOf(error);
    }
  }

  async #read(job: Job, work: LibraryWork, signal: AbortSignal): Promise<void> {
    const { db, now, looseFiles } = this.options;
    const outcome = await readQueued(job.id, { db, work, now, signal, looseFiles });
    this.backlog.end(job);
    looseFiles.delete(job.id);
    this.#meter.count('reading', outcome.kind === 'failure', now());
    this.#tellOutcome(outcome);
    if (outcome.kind === 'track' && outcome.needsAnalysis) this.backlog.add(analyseJob(outcome.track, false));
  }

  async #analyse(job: Job, work: LibraryWork, signal: AbortSignal): Promise<void> {
    const { db, now, onEvent } = this.options;
    const outcome = await analyseQueued(job.id, {
      db,
      work,
      now,
      signal,
      decodeOnPage: (file) => this.#decodeInTurn(file),
      onStarted: (trackId) => {
        onEvent({ kind: 'analysing', trackId });
        this.#tell();
      },
    });
    this.backlog.end(job);
    this.#meter.count('analysing', outcome.kind === 'failure', now());
    this.#tellOutcome(outcome);
  }

  #decodeInTurn(file: File): Promise<PcmRequest> {
    const turn = this.#pageDecoding.then(() => this.options.decodeOnPage(file));
    this.#pageDecoding = turn.catch(() => undefined); // the next song does not care how this one ended
    return turn;
  }

  #tellOutcome(outcome: ReadOutcome | AnalyseOutcome): void {
    const { onEvent } = this.options;
    if (outcome.kind === 'failure') onEvent({ kind: 'failed', failure: outcome.failure });
    if (outcome.kind === 'track' || outcome.kind === 'analysed') onEvent({ kind: 'track', track: outcome.track });
    if (outcome.kind === 'analysed') onEvent({ kind: 'analysed', analysis: outcome.analysis });
  }

  /** A job that ended for a reason outside its file goes back to the line. */
  async #setBack(job: Job, error: unknown): Promise<void> {
    this.backlog.putBack(job);
    const kind = failureKind(error);
    if (kind === 'crash') {
      this.#crashes++;
      if (this.#crashes >= MAX_CRASHES) this.#halted = 'worker/crashed';
      return; // the attempt counts: perhaps it was this file
    }
    if (kind === 'permission' && job.handleId !== null) {
      this.backlog.block(job.handleId);
    } else if (kind !== 'aborted') this.#halted = codeOf(error);
    try {
      if (kind === 'permission') await this.options.onBlocked();
      await (job.kind === 'read' ? unbeginReading(this.options.db, job.id) : forgetAttempts(this.options.db, job.id));
    } catch (failure) {
      this.#halted ??= codeOf(failure);
    }
  }
}
