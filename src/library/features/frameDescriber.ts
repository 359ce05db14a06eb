import { chromaFilters } from '../../dsp/spectrum/chromaFilters';
import { powerToDb } from '../../dsp/decibel';
import { applyFilters, melFilters } from '../../dsp/spectrum/mel';
import { PowerSpectrum } from '../../dsp/spectrum/powerSpectrum';
import { contrastBands, SpectralContrast } from '../../dsp/spectrum/spectralContrast';
import { measureShape } from '../../dsp/spectrum/spectralShape';
import type { FrameTable } from './segmentLayout';
import { BIN_MAX, BIN_MIN, CONTRAST_BANDS, MEL_MAX, MEL_MIN, N_FFT, N_MELS, SAMPLE_RATE } from './segmentLayout';

/** Samples of one frame to a row of a FrameTable. Everything is allocated once; a frame allocates nothing. */
export class FrameDescriber {
  readonly #spectrum = new PowerSpectrum(N_FFT);
  readonly #mel = melFilters({ sampleRate: SAMPLE_RATE, nFft: N_FFT, nMels: N_MELS, minHz: MEL_MIN, maxHz: MEL_MAX });
  readonly #chroma = chromaFilters(SAMPLE_RATE, N_FFT).map(sparseRow);
  readonly #contrast = new SpectralContrast(contrastBands(SAMPLE_RATE, N_FFT, BIN_MIN, BIN_MAX));
  readonly #power = new Float64Array(N_FFT / 2 + 1);
  readonly #magnitude = new Float64Array(N_FFT / 2 + 1);
  readonly #shape = { centroid: 0, bandwidth: 0, rolloff: 0 };

  /**
   * @param signal mono at 22,050 Hz; the frame is `start .. start + 2048`, zeros beyond the end
   * @param table written at row `t`; silence gives -100 dB, chroma 0, centroid 0
   */
  describe(signal: Float32Array, start: number, table: FrameTable, t: number): void {
    const power = this.#power,
      magnitude = this.#magnitude;
    this.#spectrum.measure(signal, start, power);
    let energy = 0;
    for (let k = BIN_MIN; k <= BIN_MAX; k++) {
      const p = power[k] ?? 0;
      energy += p;
      magnitude[k] = Math.sqrt(p);
    }
    table.energy[t] = powerToDb(energy);
    this.#describeMel(table.mel, t * N_MELS);
    this.#describeChroma(table.chroma, t * 12);
    this.#contrast.measure(magnitude, table.peak, table.valley, t * CONTRAST_BANDS);
    measureShape(magnitude, SAMPLE_RATE / N_FFT, BIN_MIN, BIN_MAX, this.#shape);
    table.centroid[t] = this.#shape.centroid;
    table.bandwidth[t] = this.#shape.bandwidth;
    table.rolloff[t] = this.#shape.rolloff;
  }

  #describeMel(mel: Float32Array, at: number): void {
    applyFilters(this.#mel, this.#power, mel, at);
    for (let m = at; m < at + N_MELS; m++) mel[m] = powerToDb(mel[m] ?? 0);
  }

  #describeChroma(chroma: Float32Array, at: number): void {
    const power = this.#power;
    let largest = 1e-12;
    for (let pitch = 0; pitch < 12; pitch++) {
      const { bins, weights } = this.#chroma[pitch] ?? NOTHING;
      let sum = 0;
      for (let i = 0; i < bins.length; i++) sum += (weights[i] ?? 0) * (power[bins[i] ?? 0] ?? 0);
      chroma[at + pitch] = sum;
      if (sum > largest) largest = sum;
    }
    for (let pitch = at; pitch < at + 12; pitch++) chroma[pitch] = (chroma[pitch] ?? 0) / largest;
  }
}

interface SparseRow {
  readonly bins: Int32Array;
  readonly weights: Float64Array;
}
const NOTHING: SparseRow = { bins: new Int32Array(0), weights: new Float64Array(0) };
/** Smaller weights add less than 60 dB of anything: leaving them out makes the product three times as fast. */
const LEAST_WEIGHT = 1e-6;

function sparseRow(row: Float64Array): SparseRow {
  const bins = Array.from(row.keys()).filter((k) => k >= BIN_MIN && k <= BIN_MAX && (row[k] ?? 0) > LEAST_WEIGHT);
  return { bins: Int32Array.from(bins), weights: Float64Array.from(bins, (k) => row[k] ?? 0) };
}
