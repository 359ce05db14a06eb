import type { TrackAnalysis, TrackDetail } from '../../../core/music';
import type { Seconds } from '../../../core/units';
import type { HopMeter } from '../level/hopMeter';
import { audibleFrames, trimSilence } from '../level/trimSilence';
import { OnsetRecorder } from '../rhythm/onsetRecorder';
import { songRhythm, type SongRhythm } from '../rhythm/songRhythm';
import type { FrameTable } from '../segmentLayout';
import { SpectrogramMeter } from './spectrogramMeter';
import { SummaryMeter } from './summaryMeter';

type Description = Pick<TrackAnalysis, 'trim'> & Pick<TrackDetail, 'spectrogram' | 'summary'>;

/** What is known of a song from its frames alone, gathered segment by segment. */
export class SongMeter {
  readonly #onsets = new OnsetRecorder();
  readonly #summary = new SummaryMeter();
  readonly #spectrogram = new SpectrogramMeter();

  add(table: FrameTable): void {
    this.#onsets.add(table);
    this.#summary.add(table);
    this.#spectrogram.add(table);
  }

  rhythm(): SongRhythm {
    return songRhythm(this.#onsets.curves());
  }

  /** @param hops the same stream; ended here */
  describe(hops: HopMeter, duration: Seconds): Description {
    hops.finish();
    const powers = hops.powers();
    const audible = audibleFrames(powers);
    const rates = hops.crossingRates();
    const meanOf = (value: (t: number) => number): number => audible.reduce((sum, t) => sum + value(t), 0) / Math.max(audible.length, 1);
    return {
      trim: trimSilence(powers, duration),
      spectrogram: this.#spectrogram.picture(),
      summary: {
        ...this.#summary.spectral(),
        rms: meanOf((t) => Math.sqrt(powers[t] ?? 0)),
        zeroCrossingRate: meanOf((t) => rates[t] ?? 0),
      },
    };
  }
}
