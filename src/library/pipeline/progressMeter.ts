import type { ErrorCode } from '../../core/errors';
import type { EpochMs } from '../../core/units';
import type { PipelineProgress } from './pipelineEvents';

interface Phase {
  done: number;
  failed: number;
}

export interface Backlog {
  /** Files still to be read and songs still to be analysed, those in hand included. */
  readonly reading: number;
  readonly analysing: number;
  readonly isPaused: boolean;
  readonly because: ErrorCode | null;
  readonly current: string | null;
  /** Songs of these that have an older analysis. */
  readonly stale: number;
}

/** Songs whose time makes the rate: short enough to follow, long enough to be calm. */
const RATE_WINDOW = 24;
const FIRST_RATE = 3;

/** Counts what is through and how fast it goes. Time comes in as an argument. */
export class ProgressMeter {
  #reading: Phase = { done: 0, failed: 0 };
  #analysing: Phase = { done: 0, failed: 0 };
  /** When each of the last songs ended, busy time only. */
  #ends: number[] = [];
  #idleSince: EpochMs | null = null;
  #idleTotal = 0;

  count(phase: 'reading' | 'analysing', isFailure: boolean, now: EpochMs): void {
    const counts = phase === 'reading' ? this.#reading : this.#analysing;
    counts.done++;
    if (isFailure) counts.failed++;
    if (phase === 'analysing') this.#ends = [...this.#ends, now - this.#idleTotal].slice(-RATE_WINDOW - 1);
  }

  /** Time between `rest` and `work` does not count for the rate. */
  rest(now: EpochMs): void {
    this.#idleSince ??= now;
  }

  work(now: EpochMs): void {
    if (this.#idleSince !== null) this.#idleTotal += now - this.#idleSince;
    this.#idleSince = null;
  }

  /** Begins a new count: everything is through. */
  reset(): void {
    this.#reading = { done: 0, failed: 0 };
    this.#analysing = { done: 0, failed: 0 };
    this.#ends = [];
  }

  describe({ reading, analysing, isPaused, because, current, stale }: Backlog): PipelineProgress {
    if (reading + analysing === 0) return { kind: 'idle' };
    const phase = reading > 0 ? 'reading' : 'analysing';
    const counts = phase === 'reading' ? this.#reading : this.#analysing;
    const songsPerMinute = this.#rate();
    return {
      kind: isPaused ? 'paused' : 'running',
      phase,
      done: counts.done,
      total: counts.done + (phase === 'reading' ? reading : analysing),
      failed: this.#reading.failed + this.#analysing.failed,
      songsPerMinute,
      // Files that are still to be read will be songs to analyse.
      secondsLeft: songsPerMinute === null ? null : ((reading + analysing) * 60) / songsPerMinute,
      current,
      stale,
      because,
    };
  }

  #rate(): number | null {
    const first = this.#ends[0];
    const last = this.#ends.at(-1);
    if (this.#ends.length <= FIRST_RATE || first === undefined || last === undefined || last <= first) return null;
    return ((this.#ends.length - 1) * 60_000) / (last - first);
  }
}
