import type { Hertz } from '../../core/units';

const CLASSES = 12;

/**
 * Gaussian pitch-class weights per STFT bin: librosa.filters.chroma(tuning=0, ctroct=5, octwidth=2, norm=2, base_c=True).
 * @returns [12] rows of [nFft / 2 + 1] weights, row 0 = C
 */
export function chromaFilters(sampleRate: Hertz, nFft: number): readonly Float64Array[] {
  const bins = nFft / 2 + 1;
  const rows = Array.from({ length: CLASSES }, () => new Float64Array(bins));
  /** Semitones above A0; bin 0 is put one and a half octaves below bin 1. */
  const semitones = (k: number): number => (k === 0 ? semitones(1) - 18 : 12 * Math.log2((k * sampleRate) / nFft / 27.5));
  for (let k = 0; k < bins; k++) {
    const here = semitones(k);
    const width = Math.max(semitones(k + 1) - here, 1);
    const weights = rows.map((_, pitch) => {
      const away = ((((here - pitch + 6) % CLASSES) + CLASSES) % CLASSES) - 6;
      return Math.exp(-0.5 * ((2 * away) / width) ** 2);
    });
    const scale = Math.exp(-0.5 * ((here / CLASSES - 5) / 2) ** 2) / Math.hypot(...weights);
    // Class 0 of the Gaussian above is A; ours is C, three semitones up.
    weights.forEach((weight, pitch) => {
      const row = rows[(pitch + 9) % CLASSES];
      if (row !== undefined) row[k] = weight * scale;
    });
  }
  return rows;
}
