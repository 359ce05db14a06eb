import { mfcc } from '../../../dsp/spectrum/mfcc';
import { columnDeviations, columnMeans, laggedDifferences } from '../../../dsp/statistics';
import { DELTA_LAG, N_MELS } from '../segmentLayout';

const COUNT = 20;
const CORRELATED = 12;

/**
 * Timbre of a segment: 20 MFCC means, their deviations, the deviations of their 93 ms differences, and the 66 correlations
 * among the first twelve (Mandel & Ellis 2005 use the covariance).
 * @param level [frames x 64] dB relative to the loudest cell
 * @returns [126]; a constant spectrum gives zero deviations and correlations
 */
export function describeTimbre(level: Float32Array): number[] {
  const cepstrum = mfcc(level, N_MELS, COUNT);
  const means = columnMeans(cepstrum, COUNT);
  return [
    ...means,
    ...columnDeviations(cepstrum, COUNT),
    ...columnDeviations(laggedDifferences(cepstrum, COUNT, DELTA_LAG), COUNT),
    ...correlations(cepstrum, means),
  ];
}

function correlations(cepstrum: Float64Array, means: Float64Array): number[] {
  const frames = Math.max(cepstrum.length / COUNT, 1);
  const covariance = (i: number, j: number): number => {
    let sum = 0;
    for (let at = 0; at < cepstrum.length; at += COUNT) {
      sum += ((cepstrum[at + i] ?? 0) - (means[i] ?? 0)) * ((cepstrum[at + j] ?? 0) - (means[j] ?? 0));
    }
    return sum / frames;
  };
  // The millibel keeps a constant coefficient from dividing by zero.
  const spread = Array.from({ length: CORRELATED }, (_, i) => Math.sqrt(covariance(i, i)) + 1e-3);
  const out: number[] = [];
  for (let i = 0; i < CORRELATED; i++) {
    for (let j = i + 1; j < CORRELATED; j++) out.push(covariance(i, j) / (spread[i] ?? 1) / (spread[j] ?? 1));
  }
  return out;
}
