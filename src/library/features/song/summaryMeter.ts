import type { SpectralSummary } from '../../../core/music';
import { mfcc } from '../../../dsp/spectrum/mfcc';
import { tonalCentroid } from '../../../dsp/spectrum/tonalCentroid';
import { activeFramesOf } from '../segment/activeFrames';
import type { FrameTable } from '../segmentLayout';
import { CONTRAST_BANDS, N_MELS } from '../segmentLayout';

const COEFFICIENTS = 20;
const CLASSES = 12;
/** librosa's top_db: nothing lies further below the loudest cell, dB. */
const RANGE_DB = 80;

/**
 * Means over a song's frames that are not silence, in librosa's definitions on the band the analysis sees (43 Hz to 7.9 kHz, 64 mel
 * bands). What is linear is averaged before it is transformed: the mean of MFCCs is the MFCC of the mean.
 */
export class SummaryMeter {
  readonly #mel = new Float64Array(N_MELS);
  readonly #chroma = new Float64Array(CLASSES);
  readonly #share = new Float64Array(CLASSES);
  readonly #contrast = new Float64Array(CONTRAST_BANDS);
  #centroid = 0;
  #bandwidth = 0;
  #rolloff = 0;
  #flatness = 0;
  #frames = 0;

  /** The frames of one segment. */
  add(table: FrameTable): void {
    const active = activeFramesOf(table);
    addClamped(this.#mel, table.mel, active, 1);
    addClamped(this.#contrast, table.peak, active, 1);
    addClamped(this.#contrast, table.valley, active, -1);
    for (const t of active) {
      this.#addChroma(table.chroma, t * CLASSES);
      this.#centroid += table.centroid[t] ?? 0;
      this.#bandwidth += table.bandwidth[t] ?? 0;
      this.#rolloff += table.rolloff[t] ?? 0;
      this.#flatness += table.flatness[t] ?? 0;
    }
    this.#frames += active.length;
  }

  #addChroma(chroma: Float32Array, at: number): void {
    let sum = 0;
    for (let pitch = 0; pitch < CLASSES; pitch++) sum += chroma[at + pitch] ?? 0;
    if (sum <= 0) return;
    for (let pitch = 0; pitch < CLASSES; pitch++) {
      const value = chroma[at + pitch] ?? 0;
      this.#chroma[pitch] = (this.#chroma[pitch] ?? 0) + value;
      this.#share[pitch] = (this.#share[pitch] ?? 0) + value / sum;
    }
  }

  /** Everything but what only samples tell; zeros for silence. */
  spectral(): Omit<SpectralSummary, 'rms' | 'zeroCrossingRate'> {
    const n = Math.max(this.#frames, 1);
    const top = Math.max(...this.#chroma);
    return {
      mfcc: Float32Array.from(
        mfcc(
          Float32Array.from(this.#mel, (sum) => sum / n),
          N_MELS,
          COEFFICIENTS,
        ),
      ),
      chroma: Float32Array.from(this.#chroma, (sum) => (top > 0 ? sum / top : 0)),
      contrast: Float32Array.from(this.#contrast, (sum) => sum / n),
      tonnetz: Float32Array.from(tonalCentroid(this.#share)),
      centroid: this.#centroid / n,
      bandwidth: this.#bandwidth / n,
      rolloff: this.#rolloff / n,
      flatness: this.#flatness / n,
    };
  }
}

/** Adds the rows `frames` of a matrix of levels to `sums`, none further than 80 dB below the highest level of all rows. */
function addClamped(sums: Float64Array, levels: Float32Array, frames: readonly number[], sign: 1 | -1): void {
  let top = -Infinity;
  for (const level of levels) if (level > top) top = level;
  const width = sums.length;
  for (const t of frames) {
    for (let k = 0; k < width; k++) sums[k] = (sums[k] ?? 0) + sign * Math.max(levels[t * width + k] ?? 0, top - RANGE_DB);
  }
}
