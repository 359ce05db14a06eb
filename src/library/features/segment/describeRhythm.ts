import { columnDeviations, columnMeans, deviation, mean, percentileOfSorted } from '../../../dsp/statistics';
import { onsetRate, onsetStrength } from '../onset';
import { N_MELS } from '../segmentLayout';
import { autocorrelate, estimateTempo } from '../estimateTempo';

const GROUPS = 4;
/** Frames: eight equal ratios between 0.19 and 3.7 s. */
const LAG_EDGES = [8, 12, 17, 25, 36, 52, 76, 110, 160];

export interface Rhythm {
  /** [25] for the model. */
  readonly features: number[];
  /** [173] autocorrelation of the onset envelope. */
  readonly autocorrelation: Float64Array;
  readonly onsetRate: number;
}

/**
 * Beat of a segment: rise per quarter of the spectrum (mean, deviation), onset envelope (mean, deviation, 90th percentile),
 * onset rate, log2(tempo / 120), beat strength, largest autocorrelation in eight ranges of lag.
 * @param level [frames x 64] dB relative to the loudest cell; silence gives zeros
 */
export function describeRhythm(level: Float32Array): Rhythm {
  const rise = onsetStrength(level, N_MELS, GROUPS);
  const envelope = Float64Array.from({ length: rise.length / GROUPS }, (_, t) => mean(rise.subarray(t * GROUPS, (t + 1) * GROUPS)));
  const r = autocorrelate(envelope);
  const { tempo, confidence } = estimateTempo(r);
  const rate = onsetRate(envelope);
  const peaks = LAG_EDGES.slice(1).map((end, i) => r.subarray(LAG_EDGES[i], end).reduce((best, x) => Math.max(best, x), -1));
  return {
    features: [
      ...columnMeans(rise, GROUPS),
      ...columnDeviations(rise, GROUPS),
      mean(envelope),
      deviation(envelope),
      percentileOfSorted(envelope.slice().sort(), 90),
      rate,
      tempo > 0 ? Math.log2(tempo / 120) : 0,
      confidence,
      ...peaks,
    ],
    autocorrelation: r,
    onsetRate: rate,
  };
}
