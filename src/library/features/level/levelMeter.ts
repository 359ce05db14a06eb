import type { TrackAnalysis, TrackDetail } from '../../../core/music';
import type { Hertz } from '../../../core/units';
import { dynamicRange } from './dynamicRange';
import { LoudnessMeter, SILENCE_LUFS } from './loudness';
import { SILENCE_DBTP, TruePeakMeter } from './truePeak';
import { WaveformMeter } from './waveform';

type Levels = Pick<TrackAnalysis, 'loudness' | 'truePeak' | 'loudnessRange'> & Pick<TrackDetail, 'peaks' | 'dynamicRange'>;

/** All that is measured of a song's level at its own sample rate. */
export class LevelMeter {
  readonly #waveform = new WaveformMeter();
  #loudness: LoudnessMeter | null = null;
  #peaks: readonly TruePeakMeter[] = [];

  constructor(private readonly sampleRate: Hertz) {}

  /** @param channels equally long, finite, the same number each time; @param mono their mean */
  push(channels: readonly Float32Array[], mono: Float32Array): void {
    if (this.#loudness === null) this.#peaks = channels.map(() => new TruePeakMeter());
    this.#loudness ??= new LoudnessMeter(this.sampleRate, channels.length);
    this.#loudness.push(channels);
    this.#peaks.forEach((meter, i) => {
      const channel = channels[i];
      if (channel !== undefined) meter.push(channel);
    });
    this.#waveform.push(mono);
  }

  /** Ends the stream. Silence: -70 LUFS, -70 dBTP, ranges 0. */
  finish(): Levels {
    const loudness = this.#loudness?.integrated() ?? SILENCE_LUFS;
    const truePeak = Math.max(SILENCE_DBTP, ...this.#peaks.map((meter) => meter.level()));
    return {
      loudness,
      truePeak,
      loudnessRange: this.#loudness?.range() ?? 0,
      dynamicRange: dynamicRange(truePeak, loudness),
      peaks: this.#waveform.peaks(),
    };
  }
}
