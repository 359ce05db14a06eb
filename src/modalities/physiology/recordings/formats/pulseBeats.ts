import { PulseReader } from '../../vitals/pulseReader';
import type { EvenSeries } from '../recording';
import type { RecordingBuilder } from '../recordingBuilder';

/** Beats of a pulse wave, for recordings that wrote down neither rate nor beats. @param pieces in time order */
export function addPulseBeats(pieces: readonly EvenSeries[], builder: Pick<RecordingBuilder, 'addInterval'>): void {
  const reader = new PulseReader();
  for (const { startAt, sampleRate, samples } of pieces) {
    const step = Math.max(1, Math.round(sampleRate));
    for (let from = 0; from < samples.length; from += step) {
      const part = samples.subarray(from, from + step);
      const at = startAt + ((from + part.length) * 1000) / sampleRate;
      for (const { at: beatAt, interval } of reader.push(at, { sampleRate, samples: part })) builder.addInterval(beatAt, interval);
    }
  }
}
