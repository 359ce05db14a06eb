import type { TrackId } from '../../core/units';

export interface ReadJob {
  readonly kind: 'read';
  readonly id: TrackId;
  readonly path: string;
  readonly handleId: string | null;
}

export interface AnalyseJob {
  readonly kind: 'analyse';
  readonly id: TrackId;
  readonly path: string;
  readonly handleId: string | null;
}

export type Job = ReadJob | AnalyseJob;

/** What waits, in order: files before songs, since a song that is read can be played. A job appears once, waiting or in hand. */
export class Backlog {
  readonly #waiting = { read: new Map<TrackId, Job>(), analyse: new Map<TrackId, Job>() };
  readonly #inHand = new Map<TrackId, Job>();
  readonly #blockedHandles = new Set<string>();

  add(job: Job): void {
    if (!this.#inHand.has(job.id)) this.#waiting[job.kind].set(job.id, job);
  }

  /** Also forgets a job in hand, so that it is not put back. */
  drop(id: TrackId): void {
    this.#waiting.read.delete(id);
    this.#waiting.analyse.delete(id);
    this.#inHand.delete(id);
  }

  /** The next job whose file may be read, now in hand; undefined when there is none. */
  take(mayAnalyse: boolean): Job | undefined {
    const job = this.#first('read') ?? (mayAnalyse ? this.#first('analyse') : undefined);
    if (job) {
      this.#waiting[job.kind].delete(job.id);
      this.#inHand.set(job.id, job);
    }
    return job;
  }

  #first(kind: Job['kind']): Job | undefined {
    for (const job of this.#waiting[kind].values()) if (job.handleId === null || !this.#blockedHandles.has(job.handleId)) return job;
    return undefined;
  }

  /** Ends a job in hand. */
  end(job: Job): void {
    this.#inHand.delete(job.id);
  }

  /** Puts a job in hand back, to the end of its line; one that was dropped meanwhile stays away. */
  putBack(job: Job): void {
    if (this.#inHand.delete(job.id)) this.#waiting[job.kind].set(job.id, job);
  }

  isInHand(id: TrackId): boolean {
    return this.#inHand.has(id);
  }

  block(handleId: string): void {
    this.#blockedHandles.add(handleId);
  }

  unblock(handleId: string): void {
    this.#blockedHandles.delete(handleId);
  }

  get blockedHandles(): readonly string[] {
    return [...this.#blockedHandles];
  }

  /** Waiting and in hand. */
  count(kind: Job['kind']): number {
    let count = this.#waiting[kind].size;
    for (const job of this.#inHand.values()) if (job.kind === kind) count++;
    return count;
  }

  get inHand(): readonly Job[] {
    return [...this.#inHand.values()];
  }

  /** Something waits, but nothing of it may be read. */
  get isStuck(): boolean {
    return (
      this.#inHand.size === 0 && this.#waiting.read.size + this.#waiting.analyse.size > 0 && !this.#first('read') && !this.#first('analyse')
    );
  }
}
