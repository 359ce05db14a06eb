import { PowerSpectrum } from '../../../dsp/spectrum/powerSpectrum';
import { FRAME_RATE, N_MELS } from '../segmentLayout';

const GROUPS = 8;
const EDGES = [0.25, 0.75, 1.5, 3, 6, 12, 20];
const SIZE = 1024;

/**
 * How fast eight bands of the spectrum swell and fade: log10(1 + mean squared dB) in six modulation bands between 0.25 and 20 Hz
 * (after the fluctuation patterns of Pampalk 2006).
 * @param level [frames x 64] dB relative to the loudest cell; at most 1024 frames are looked at
 * @returns [8 x 6]; a constant spectrum gives zeros
 */
export function describeModulation(level: Float32Array): number[] {
  const frames = Math.min(level.length / N_MELS, SIZE);
  const window = new Float64Array(SIZE);
  let energy = 0;
  for (let t = 0; t < frames; t++) {
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * (t + 0.5)) / frames);
    window[t] = weight;
    energy += weight * weight;
  }
  const spectrum = new PowerSpectrum(SIZE, window);
  const power = new Float64Array(spectrum.bins);
  return Array.from({ length: GROUPS }, (_, group) => {
    spectrum.measure(centredGroup(level, group), 0, power);
    return EDGES.slice(1).map((high, band) => Math.log10(1 + bandMean(power, EDGES[band] ?? 0, high) / Math.max(energy, 1e-9)));
  }).flat();
}

/** Mean level of 8 neighbouring bands over time, centred over the whole segment. */
function centredGroup(level: Float32Array, group: number): Float64Array {
  const width = N_MELS / GROUPS;
  const series = Float64Array.from({ length: level.length / N_MELS }, (_, t) => {
    let sum = 0;
    for (let m = 0; m < width; m++) sum += level[t * N_MELS + group * width + m] ?? 0;
    return sum / width;
  });
  const centre = series.reduce((sum, x) => sum + x, 0) / Math.max(series.length, 1);
  return series.map((x) => x - centre);
}

function bandMean(power: Float64Array, lowHz: number, highHz: number): number {
  let sum = 0;
  let count = 0;
  for (let k = 0; k < power.length; k++) {
    const hz = (k * FRAME_RATE) / SIZE;
    if (hz < lowHz || hz >= highHz) continue;
    sum += power[k] ?? 0;
    count++;
  }
  return sum / Math.max(count, 1);
}
