import type { EpochMs, Milliseconds, Seconds } from '../../../core/units';
import { findPulsePeaks, pulseIntervals } from '../../../dsp/physiology/pulse/pulsePeaks';
import type { SampledSeries } from '../frame';

/** Peaks are looked for whenever so much is new … */
const HOP: Seconds = 4;
/** … in so much signal … */
const LOOK: Seconds = 12;
/** … of which the newest part is left for the next time: its last beat is not complete. */
const UNSURE: Seconds = 1;

export interface PulseBeat {
  readonly at: EpochMs;
  readonly interval: Milliseconds;
}

/** Turns packets of a pulse wave into beats, a few seconds late. */
export class PulseReader {
  #samples: number[] = [];
  #fresh = 0;
  #last: EpochMs = -Infinity;
  #rate = 0;
  #until: EpochMs = -Infinity;

  push(at: EpochMs, { samples, sampleRate }: SampledSeries): PulseBeat[] {
    const began = at - (samples.length * 1000) / sampleRate;
    // After a gap or with another sensor the wave begins anew.
    if (sampleRate !== this.#rate || began - this.#until > 1000) this.clear();
    this.#rate = sampleRate;
    this.#until = at;
    this.#samples.push(...samples);
    this.#samples.splice(0, Math.max(0, this.#samples.length - Math.round(LOOK * sampleRate)));
    this.#fresh += samples.length;
    if (this.#fresh < HOP * sampleRate) return [];
    this.#fresh = 0;
    return this.#read(at);
  }

  clear(): void {
    this.#samples = [];
    this.#fresh = 0;
    this.#rate = 0;
  }

  #read(at: EpochMs): PulseBeat[] {
    const peaks = findPulsePeaks(this.#samples, this.#rate);
    const intervals = pulseIntervals(this.#samples, peaks, this.#rate);
    const found = intervals.flatMap((interval, i) => {
      const place = peaks[i + 1] ?? 0;
      const time = at - ((this.#samples.length - 1 - place) * 1000) / this.#rate;
      return time > this.#last + 200 && time <= at - UNSURE * 1000 ? [{ at: time, interval }] : [];
    });
    this.#last = found.at(-1)?.at ?? this.#last;
    return found;
  }
}
