import { AppError } from '../../../core/errors';
import type { EpochMs, Hertz } from '../../../core/units';
import { isInterval, plausibleHeartRate, plausibleSkinTemperature } from '../readings';
import { plausibleConductance } from '../serial/skinConductance';
import { addPulseBeats } from './formats/pulseBeats';
import { PointSeries } from './pointSeries';
import type { EvenSeries, Recording, RecordingFormat } from './recording';

/** Two days of a pulse wave at 64 Hz are eleven million samples, 44 MB. */
const MOST_SAMPLES = 32_000_000;
/** 1990 to 2100: a date outside is a broken one. */
const EARLIEST: EpochMs = Date.UTC(1990, 0);
const LATEST: EpochMs = Date.UTC(2100, 0);
/** Times since a start, not dates: a month at most. */
const LONGEST_ELAPSED = 31 * 86_400_000;

export type Axis = 'ppg' | 'x' | 'y' | 'z';

/** Gathers what the readers of the formats find. Values that no body has and times that no calendar has are left out. */
export class RecordingBuilder {
  readonly heartRate = new PointSeries();
  readonly rr = new PointSeries();
  readonly eda = new PointSeries();
  readonly skinTemperature = new PointSeries();
  readonly #ppg: EvenSeries[] = [];
  readonly #acceleration: (readonly [EvenSeries, EvenSeries, EvenSeries])[] = [];
  #samples = 0;
  #isDated = true;
  #isDamaged = false;
  #isCut = false;

  /** The times that are added are counted from the start of the recording. */
  markUndated(): void {
    this.#isDated = false;
  }

  markDamaged(): void {
    this.#isDamaged = true;
  }

  addHeartRate(at: EpochMs, bpm: number): void {
    this.#add(this.heartRate, at, plausibleHeartRate(bpm));
  }

  /** @param at of the beat that ends the interval @param rr ms */
  addInterval(at: EpochMs, rr: number): void {
    this.#add(this.rr, at, isInterval(rr) ? rr : null);
  }

  addConductance(at: EpochMs, microsiemens: number): void {
    this.#add(this.eda, at, plausibleConductance(microsiemens));
  }

  addSkinTemperature(at: EpochMs, celsius: number): void {
    this.#add(this.skinTemperature, at, plausibleSkinTemperature(celsius));
  }

  addPpg(startAt: EpochMs, sampleRate: Hertz, samples: Float32Array): void {
    if (this.#admit(startAt, sampleRate, samples.length)) this.#ppg.push({ startAt, sampleRate, samples });
  }

  /** Three axes of the same length, units of g. */
  addAcceleration(startAt: EpochMs, sampleRate: Hertz, axes: readonly [Float32Array, Float32Array, Float32Array]): void {
    if (!this.#admit(startAt, sampleRate, 3 * axes[0].length)) return;
    const [x, y, z] = axes.map((samples) => ({ startAt, sampleRate, samples }));
    if (x && y && z) this.#acceleration.push([x, y, z]);
  }

  /** @throws AppError 'recording/empty' or, where files are damaged, 'recording/damaged' */
  finish(format: RecordingFormat): Recording {
    const series = [this.heartRate, this.rr, this.eda, this.skinTemperature];
    if (series.every(({ length }) => length === 0) && this.#ppg.length === 0) {
      throw new AppError(this.#isDamaged ? 'recording/damaged' : 'recording/empty', `no reading in a recording of format ${format}`);
    }
    const ppg = this.#ppg.toSorted((a, b) => a.startAt - b.startAt);
    if (this.heartRate.length === 0 && this.rr.length === 0) addPulseBeats(ppg, this);
    for (const one of series) one.settle();
    const { heartRate, rr, eda, skinTemperature } = this;
    return {
      ...{ format, heartRate, rr, eda, skinTemperature, ppg },
      acceleration: this.#acceleration.toSorted(([a], [b]) => a.startAt - b.startAt),
      isDated: this.#isDated,
      isDamaged: this.#isDamaged,
      isCut: this.#isCut,
    };
  }

  #add(series: PointSeries, at: EpochMs, value: number | null): void {
    if (value === null || !this.#isTime(at)) return;
    if (!series.push(at, value)) this.#isCut = true;
  }

  #admit(startAt: EpochMs, sampleRate: Hertz, count: number): boolean {
    if (!this.#isTime(startAt) || !(sampleRate > 0 && sampleRate <= 2000) || count === 0) return false;
    if (this.#samples + count > MOST_SAMPLES) {
      this.#isCut = true;
      return false;
    }
    this.#samples += count;
    return true;
  }

  #isTime(at: EpochMs): boolean {
    return this.#isDated ? at >= EARLIEST && at <= LATEST : at >= 0 && at <= LONGEST_ELAPSED;
  }
}
