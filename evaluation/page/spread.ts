import { quantile } from '../report/metrics';

export interface Spread {
  /** What it takes when nothing else wants the processor. */
  readonly leastMs: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly n: number;
}

export function spreadOf(times: readonly number[]): Spread {
  return { leastMs: quantile(times, 0), p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95), n: times.length };
}

/** Times by stage, noted one event after the other. */
export class StageTimes {
  readonly #times = new Map<string, number[]>();

  add(stages: Readonly<Record<string, number>>): void {
    for (const [stage, ms] of Object.entries(stages)) {
      const times = this.#times.get(stage);
      if (times) times.push(ms);
      else this.#times.set(stage, [ms]);
    }
  }

  spreads(): Readonly<Record<string, Spread>> {
    return Object.fromEntries([...this.#times].map(([stage, times]) => [stage, spreadOf(times)]));
  }
}
