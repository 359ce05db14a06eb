import type { EpochMs, Milliseconds, UnitInterval } from '../../../core/units';
import { conductanceQuality } from '../../../dsp/physiology/skin/conductanceQuality';
import { CONTEXT, SKIN_RATE, WINDOW } from '../features';
import type { SampledSeries } from '../frame';
import { regularSeries, type RegularSeries } from './regularSeries';

const CELL: Milliseconds = 1000 / SKIN_RATE;
const KEPT = CONTEXT * SKIN_RATE + SKIN_RATE;
/** Gaps up to 3 s are bridged. */
const BRIDGE = 3 * SKIN_RATE;

export interface SkinWindow extends RegularSeries {
  readonly contact: UnitInterval;
  /** Of the last minute: contact times smoothness. */
  readonly quality: UnitInterval;
}

/** Skin conductance averaged into quarters of a second of epoch time. */
export class SkinSeries {
  readonly #cells = new Map<number, { sum: number; count: number }>();
  #newest: EpochMs | null = null;

  push(at: EpochMs, { samples, sampleRate }: SampledSeries): void {
    samples.forEach((value, i) => {
      if (!Number.isFinite(value)) return;
      const cell = Math.floor((at - ((samples.length - 1 - i) * 1000) / sampleRate) / CELL);
      const held = this.#cells.get(cell) ?? { sum: 0, count: 0 };
      this.#cells.set(cell, { sum: held.sum + value, count: held.count + 1 });
    });
    this.#newest = Math.max(at, this.#newest ?? -Infinity);
    const oldest = Math.floor(this.#newest / CELL) - KEPT;
    for (const cell of this.#cells.keys()) if (cell < oldest) this.#cells.delete(cell);
  }

  get newest(): EpochMs | null {
    return this.#newest;
  }

  /** @param since nothing from before counts */
  windowUntil(until: EpochMs, since: EpochMs): SkinWindow {
    const levelAt = (at: EpochMs): number | null => {
      const cell = Math.floor(at / CELL) - 1;
      const held = cell * CELL < since ? undefined : this.#cells.get(cell);
      return held ? held.sum / held.count : null;
    };
    const series = regularSeries(levelAt, { until, step: CELL, count: CONTEXT * SKIN_RATE, bridge: BRIDGE });
    const { contact, overall } = conductanceQuality(series.values.slice(-WINDOW * SKIN_RATE), SKIN_RATE);
    return { ...series, contact, quality: overall };
  }

  clear(): void {
    this.#cells.clear();
    this.#newest = null;
  }
}
