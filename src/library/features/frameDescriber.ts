import { chromaFilters } from '../../dsp/spectrum/chromaFilters';
import { powerToDb } from '../../dsp/decibel';
import { applyFilters, melFilters, weightedSum } from '../../dsp/spectrum/mel';
import { PowerSpectrum } from '../../dsp/spectrum/powerSpectrum';
import { contrastBands, SpectralContrast } from '../../dsp/spectrum/spectralContrast';
import { measureShape, spectralFlatness } from '../../dsp/spectrum/spectralShape';
import type { FrameTable } from './segmentLayout';
import { BIN_MAX, BIN_MIN, CONTRAST_BANDS, MEL_MAX, MEL_MIN, N_FFT, N_MELS, SAMPLE_RATE } from './segmentLayout';

/** Samples of one frame to a row of a FrameTable. Everything is allocated once; a frame allocates nothing. */
export class FrameDescriber {
  readonly #spectrum = new PowerSpectrum(N_FFT);
  readonly #mel = melFilters({ sampleRate: SAMPLE_RATE, nFft: N_FFT, nMels: N_MELS, minHz: MEL_MIN, maxHz: MEL_MAX });
  readonly #chroma = chromaFilters(SAMPLE_RATE, N_FFT).map(runsOf);
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
    table.flatness[t] = spectralFlatness(power, BIN_MIN, BIN_MAX);
  }

  #describeMel(mel: Float32Array, at: number): void {
    applyFilters(this.#mel, this.#power, mel, at);
    for (let m = at; m < at + N_MELS; m++) mel[m] = powerToDb(mel[m] ?? 0);
  }

  #describeChroma(chroma: Float32Array, at: number): void {
    const power = this.#power;
    let largest = 1e-12;
    for (let pitch = 0; pitch < 12; pitch++) {
      let sum = 0;
      for (const { first, weights } of this.#chroma[pitch] ?? []) sum += weightedSum(weights, power, first);
      chroma[at + pitch] = sum;
      if (sum > largest) largest = sum;
    }
    for (let pitch = at; pitch < at + 12; pitch++) chroma[pitch] = (chroma[pitch] ?? 0) / largest;
  }
}

/** One octave's share of a pitch class: neighbouring bins. */
interface Run {
  readonly first: number;
  readonly weights: Float64Array;
}
/** Smaller weights add less than 60 dB of anything: leaving them out makes the product three times as fast. */
const LEAST_WEIGHT = 1e-6;

/** The bins of one pitch class that count, as runs of neighbours. */
function runsOf(row: Float64Array): readonly Run[] {
  const counts = (k: number): boolean => k >= BIN_MIN && k <= BIN_MAX && (row[k] ?? 0) > LEAST_WEIGHT;
  const runs: Run[] = [];
  for (let k = BIN_MIN; k <= BIN_MAX; k++) {
    if (!counts(k)) continue;
    const first = k;
    while (counts(k + 1)) k++;
    runs.push({ first, weights: row.slice(first, k + 1) });
  }
  return runs;
}
