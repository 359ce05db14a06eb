import type { EpochMs, Milliseconds, Timed } from '../../../core/units';
import { correctIntervals } from '../../../dsp/physiology/hrv/artefacts';
import { rmssd } from '../../../dsp/physiology/hrv/timeDomain';
import { TimedWindow } from '../../../dsp/physiology/timedWindow';
import type { SourceChoice } from '../../../modalities/physiology/devices/sourceChoice';
import type { PhysiologyFrame, SampledSeries } from '../../../modalities/physiology/frame';
import type { BodyReadings, BodyTraces } from '../../contracts';
import { Trace } from './trace';

/** RMSSD over a minute, as wearables tell it; a shorter stretch than half a minute says nothing. */
const HRV_WINDOW_MS: Milliseconds = 60_000;
const LEAST_HRV_MS: Milliseconds = 30_000;
const HRV_EVERY_MS: Milliseconds = 1000;
/** After this much silence the beats before and behind belong to different stretches. */
const LONGEST_GAP_MS: Milliseconds = 5000;
/** Two minutes of skin conductance at 100 Hz are more points than a strip has pixels. */
const STRIP_STEP_MS: Milliseconds = 200;

const NOTHING: Omit<BodyReadings, 'at'> = { heartRate: null, rmssd: null, microsiemens: null, skinTemperature: null };

/** What the screens show of the body's signals: the latest values while they are fresh, and the traces behind them. */
export class LiveReadings {
  readonly traces: BodyTraces & Readonly<Record<keyof BodyTraces, Trace>> = {
    heartRate: new Trace(600),
    pulse: new Trace(1200),
    rmssd: new Trace(400),
    microsiemens: new Trace(1200),
  };
  readonly #intervals = new TimedWindow(HRV_WINDOW_MS);
  #latest: Omit<BodyReadings, 'at'> = NOTHING;
  #hrvAt: EpochMs = -Infinity;

  constructor(private readonly choice: SourceChoice) {}

  accept({ at, value }: Timed<PhysiologyFrame>): void {
    this.#acceptHeart(at, value);
    if (value.ppg) this.#acceptSeries(at, value.ppg, this.traces.pulse, 0);
    if (value.eda) {
      this.#acceptSeries(at, value.eda, this.traces.microsiemens, STRIP_STEP_MS);
      this.#latest = { ...this.#latest, microsiemens: value.eda.samples.at(-1) ?? null };
    }
    if (value.skinTemperature !== null) this.#latest = { ...this.#latest, skinTemperature: value.skinTemperature };
  }

  /** A reading whose device has been silent for three of its periods is none. */
  at(now: EpochMs): BodyReadings {
    const isFresh = (quantity: Parameters<SourceChoice['speakerFor']>[0]) => this.choice.speakerFor(quantity, now) !== null;
    const heart = isFresh('heart');
    if (!heart) this.#latest = { ...this.#latest, heartRate: null, rmssd: null };
    const { heartRate, rmssd: variability, microsiemens, skinTemperature } = this.#latest;
    return {
      at: now,
      heartRate,
      rmssd: variability,
      microsiemens: isFresh('eda') ? microsiemens : null,
      skinTemperature: isFresh('skinTemperature') ? skinTemperature : null,
    };
  }

  clear(): void {
    this.#latest = NOTHING;
    this.#intervals.clear();
    this.#hrvAt = -Infinity;
    for (const trace of Object.values(this.traces)) trace.clear();
  }

  #acceptHeart(at: EpochMs, { heartRate, rrIntervals }: PhysiologyFrame): void {
    if (rrIntervals.length > 0 && at - (this.#intervals.newest ?? at) > LONGEST_GAP_MS) this.#intervals.clear();
    let beatAt = at - rrIntervals.slice(1).reduce((sum, rr) => sum + rr, 0);
    for (const [i, rr] of rrIntervals.entries()) {
      if (i > 0) beatAt += rr;
      this.#intervals.push(beatAt, rr);
    }
    const rate = heartRate ?? (rrIntervals.length > 0 ? 60_000 / (rrIntervals.at(-1) ?? 1000) : null);
    if (rate === null) return;
    this.traces.heartRate.push(at, rate);
    this.#latest = { ...this.#latest, heartRate: rate };
    this.#updateVariability(at);
  }

  #updateVariability(at: EpochMs): void {
    const { oldest, newest } = this.#intervals;
    if (at - this.#hrvAt < HRV_EVERY_MS || oldest === null || newest === null || newest - oldest < LEAST_HRV_MS) return;
    this.#hrvAt = at;
    const value = rmssd(correctIntervals(this.#intervals.between(-Infinity, newest)).nn);
    if (value === null) return;
    this.traces.rmssd.push(at, value);
    this.#latest = { ...this.#latest, rmssd: value };
  }

  #acceptSeries(at: EpochMs, { samples, sampleRate }: SampledSeries, trace: Trace, step: Milliseconds): void {
    for (const [i, sample] of samples.entries()) {
      const time = at - ((samples.length - 1 - i) * 1000) / sampleRate;
      if (time - (trace.lastAt ?? -Infinity) >= step) trace.push(time, sample);
    }
  }
}
