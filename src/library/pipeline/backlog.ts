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
  /** The song has an analysis of an older analyser. */
  readonly isStale: boolean;
}

export type Job = ReadJob | AnalyseJob;

/** Why a job should come before others: the listener asked for it, the player will need it, a screen shows it. */
export type Urgency = 'asked' | 'queued' | 'visible';

/** As many as a screen or a queue shows; a longer list would make every pick slower and hurry nothing. */
const MAX_URGENT = 300;

const staleness = (job: Job | undefined): number => (job?.kind === 'analyse' && job.isStale ? 1 : 0);

/**
 * What waits, in order: songs that were asked for or are about to play, files before songs (a song that is read can be played), songs
 * in sight, the others. A job appears once, waiting or in hand.
 */
export class Backlog {
  readonly #waiting = { read: new Map<TrackId, Job>(), analyse: new Map<TrackId, Job>() };
  readonly #inHand = new Map<TrackId, Job>();
  readonly #blockedHandles = new Set<string>();
  readonly #urgent: Record<Urgency, readonly TrackId[]> = { asked: [], queued: [], visible: [] };
  #stale = 0;

  add(job: Job): void {
    if (!this.#inHand.has(job.id)) this.#put(job);
  }

  /** Replaces the songs of this urgency; those that do not wait are passed over. Costs next to nothing: call it as often as you like. */
  prioritise(urgency: Urgency, ids: readonly TrackId[]): void {
    this.#urgent[urgency] = ids.slice(0, MAX_URGENT);
  }

  /** Also forgets a job in hand, so that it is not put back. */
  drop(id: TrackId): void {
    this.#remove('read', id);
    this.#remove('analyse', id);
    this.#inHand.delete(id);
  }

  /** The next job whose file may be read, now in hand; undefined when there is none. */
  take(mayAnalyse: boolean): Job | undefined {
    const job = this.#next(mayAnalyse);
    if (job) {
      this.#remove(job.kind, job.id);
      this.#inHand.set(job.id, job);
    }
    return job;
  }

  #next(mayAnalyse: boolean): Job | undefined {
    if (!mayAnalyse) return this.#first('read');
    return (
      this.#firstUrgent('asked') ??
      this.#firstUrgent('queued') ??
      this.#first('read') ??
      this.#firstUrgent('visible') ??
      this.#first('analyse')
    );
  }

  #firstUrgent(urgency: Urgency): Job | undefined {
    for (const id of this.#urgent[urgency]) {
      const job = this.#waiting.analyse.get(id);
      if (job && this.#mayRead(job)) return job;
    }
    return undefined;
  }

  #first(kind: Job['kind']): Job | undefined {
    for (const job of this.#waiting[kind].values()) if (this.#mayRead(job)) return job;
    return undefined;
  }

  #mayRead({ handleId }: Job): boolean {
    return handleId === null || !this.#blockedHandles.has(handleId);
  }

  #put(job: Job): void {
    const line = this.#waiting[job.kind];
    this.#stale += staleness(job) - staleness(line.get(job.id));
    line.set(job.id, job); // one that waits already keeps its place
  }

  #remove(kind: Job['kind'], id: TrackId): void {
    const line = this.#waiting[kind];
    this.#stale -= staleness(line.get(id));
    line.delete(id);
  }

  /** Ends a job in hand. */
  end(job: Job): void {
    this.#inHand.delete(job.id);
  }

  /** Puts a job in hand back, to the end of its line; one that was dropped meanwhile stays away. */
  putBack(job: Job): void {
    if (this.#inHand.delete(job.id)) this.#put(job);
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

  /** Songs among them that have an analysis already, of an older analyser. */
  get stale(): number {
    let count = this.#stale;
    for (const job of this.#inHand.values()) count += staleness(job);
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
