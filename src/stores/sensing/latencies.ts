import type { Milliseconds } from '../../core/units';
import type { StageLatency } from '../contracts';

/** About half a minute of frames. */
const KEPT = 512;

interface Ring {
  readonly values: Float64Array;
  next: number;
  n: number;
}

/** The latest times of each stage; old ones make way. */
export class Latencies {
  readonly #rings = new Map<string, Ring>();

  record(stage: string, took: Milliseconds): void {
    if (!Number.isFinite(took)) return;
    let ring = this.#rings.get(stage);
    if (!ring) this.#rings.set(stage, (ring = { values: new Float64Array(KEPT), next: 0, n: 0 }));
    ring.values[ring.next] = took;
    ring.next = (ring.next + 1) % KEPT;
    ring.n = Math.min(KEPT, ring.n + 1);
  }

  /** In the order in which the stages were first seen. */
  summarise(): readonly StageLatency[] {
    return [...this.#rings].map(([stage, { values, n }]) => {
      const sorted = values.slice(0, n).sort();
      const quantile = (share: number) => sorted[Math.min(n - 1, Math.floor(share * n))] ?? 0;
      return { stage, p50: quantile(0.5), p95: quantile(0.95), n };
    });
  }
}
