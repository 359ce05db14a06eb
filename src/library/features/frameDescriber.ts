import { kernels } from '../../dsp/kernels/kernels';
import { powerToDb } from '../../dsp/decibel';
import { chromaFilters } from '../../dsp/spectrum/chromaFilters';
import { FilterBank, runsOfFilters, type FilterRun } from '../../dsp/spectrum/filterBank';
import { melFilters } from '../../dsp/spectrum/mel';
import { PowerSpectrum } from '../../dsp/spectrum/powerSpectrum';
import { contrastBands, SpectralContrast } from '../../dsp/spectrum/spectralContrast';
import { measureShape, spectralFlatness } from '../../dsp/spectrum/spectralShape';
import type { FrameTable } from './segmentLayout';
import { BIN_MAX, BIN_MIN, CONTRAST_BANDS, MEL_MAX, MEL_MIN, N_FFT, N_MELS, SAMPLE_RATE } from './segmentLayout';

const CLASSES = 12;
const BINS = N_FFT / 2 + 1;

/** Samples of one frame to a row of a FrameTable. Everything is allocated once; a frame allocates next to nothing. */
export class FrameDescriber {
  readonly #spectrum = new PowerSpectrum(N_FFT);
  readonly #mel = new FilterBank(
    N_MELS,
    runsOfFilters(melFilters({ sampleRate: SAMPLE_RATE, nFft: N_FFT, nMels: N_MELS, minHz: MEL_MIN, maxHz: MEL_MAX })),
  );
  readonly #chroma = new FilterBank(CLASSES, chromaFilters(SAMPLE_RATE, N_FFT).flatMap(runsOf));
  readonly #contrast = new SpectralContrast(contrastBands(SAMPLE_RATE, N_FFT, BIN_MIN, BIN_MAX));
  readonly #magnitude = kernels().reserve(8 * BINS);
  readonly #shape = { centroid: 0, bandwidth: 0, rolloff: 0 };

  /**
   * @param signal mono at 22,050 Hz; the frame is `start .. start + 2048`, zeros beyond the end
   * @param table written at row `t`; silence gives -100 dB, chroma 0, centroid 0
   */
  describe(signal: Float32Array, start: number, table: FrameTable, t: number): void {
    const memory = kernels();
    const at = this.#spectrum.measureHere(signal, start);
    const energy = memory.run.roots(at + 8 * BIN_MIN, BIN_MAX - BIN_MIN + 1, this.#magnitude + 8 * BIN_MIN);
    table.energy[t] = powerToDb(energy);
    describeMel(this.#mel.apply(at), table.mel, t * N_MELS);
    describeChroma(this.#chroma.apply(at), table.chroma, t * CLASSES);
    const power = memory.doubles.subarray(at / 8, at / 8 + BINS);
    const magnitude = memory.doubles.subarray(this.#magnitude / 8, this.#magnitude / 8 + BINS);
    this.#contrast.measure(magnitude, table.peak, table.valley, t * CONTRAST_BANDS);
    measureShape(magnitude, SAMPLE_RATE / N_FFT, BIN_MIN, BIN_MAX, this.#shape);
    table.centroid[t] = this.#shape.centroid;
    table.bandwidth[t] = this.#shape.bandwidth;
    table.rolloff[t] = this.#shape.rolloff;
    table.flatness[t] = spectralFlatness(power, BIN_MIN, BIN_MAX);
  }
}

let shared: FrameDescriber | null = null;

/** The one of this thread: between frames it remembers nothing. */
export const frameDescriber = (): FrameDescriber => (shared ??= new FrameDescriber());

function describeMel(sums: Float64Array, mel: Float32Array, at: number): void {
  for (let m = 0; m < N_MELS; m++) mel[at + m] = powerToDb(Math.fround(sums[m] ?? 0));
}

function describeChroma(sums: Float64Array, chroma: Float32Array, at: number): void {
  let largest = 1e-12;
  for (let pitch = 0; pitch < CLASSES; pitch++) largest = Math.max(largest, sums[pitch] ?? 0);
  for (let pitch = 0; pitch < CLASSES; pitch++) chroma[at + pitch] = Math.fround(sums[pitch] ?? 0) / largest;
}

/** Smaller weights add less than 60 dB of anything: leaving them out makes the product three times as fast. */
const LEAST_WEIGHT = 1e-6;

/** The bins of one pitch class that count, as runs of neighbours: about one an octave. */
function runsOf(row: Float64Array, pitch: number): readonly FilterRun[] {
  const counts = (k: number): boolean => k >= BIN_MIN && k <= BIN_MAX && (row[k] ?? 0) > LEAST_WEIGHT;
  const runs: FilterRun[] = [];
  for (let k = BIN_MIN; k <= BIN_MAX; k++) {
    if (!counts(k)) continue;
    const first = k;
    while (counts(k + 1)) k++;
    runs.push({ filter: pitch, first, weights: row.slice(first, k + 1) });
  }
  return runs;
}
