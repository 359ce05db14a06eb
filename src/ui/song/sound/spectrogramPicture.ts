import type { Spectrogram } from '../../../core/music';
import type { Hertz } from '../../../core/units';

/** `Spectrogram.levels` reach this far below the loudest cell. */
export const RANGE_DB = 80;

/**
 * Cells as pixels, low bands at the bottom, in one ink: the louder, the denser.
 * @returns [4 · columns · bands] RGBA, row by row from the top
 */
export function spectrogramPixels(
  { bands, columns, levels }: Spectrogram,
  [r, g, b]: readonly [number, number, number],
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * columns * bands);
  for (let column = 0; column < columns; column++)
    for (let band = 0; band < bands; band++) {
      const level = (levels[column * bands + band] ?? 0) / 255;
      // Squared: the quiet half of the scale is mostly noise of the recording.
      pixels.set([r, g, b, 255 * level * level], 4 * ((bands - 1 - band) * columns + column));
    }
  return pixels;
}

/** Slaney's mel scale, as the bands are spaced: linear to 1 kHz, logarithmic above. */
export function melOf(hertz: Hertz): number {
  return hertz < 1000 ? (3 * hertz) / 200 : 15 + (27 * Math.log(hertz / 1000)) / Math.log(6.4);
}

/** Where round frequencies stand beside the picture. @returns `up` 0 at the lowest band, 1 at the highest */
export function frequencyTicks({ lowest, highest }: Spectrogram): readonly { readonly hertz: Hertz; readonly up: number }[] {
  const [low, high] = [melOf(lowest), melOf(highest)];
  if (!(high > low)) return [];
  return [100, 500, 1000, 2000, 4000, 8000, 16_000]
    .map((hertz) => ({ hertz, up: (melOf(hertz) - low) / (high - low) }))
    .filter(({ up }) => up > 0.02 && up <= 1);
}

/** dB below the loudest cell at a place, and what frequency that is. @param x @param up shares of the picture */
export function levelAt(spectrogram: Spectrogram, x: number, up: number): { readonly decibel: number; readonly hertz: Hertz } | null {
  const { bands, columns, levels, lowest, highest } = spectrogram;
  if (columns === 0 || bands === 0) return null;
  const column = Math.min(columns - 1, Math.max(0, Math.floor(x * columns)));
  const band = Math.min(bands - 1, Math.max(0, Math.floor(up * bands)));
  const mel = melOf(lowest) + Math.min(1, Math.max(0, up)) * (melOf(highest) - melOf(lowest));
  const hertz = mel < 15 ? (mel * 200) / 3 : 1000 * Math.exp(((mel - 15) * Math.log(6.4)) / 27);
  return { decibel: -RANGE_DB + ((levels[column * bands + band] ?? 0) / 255) * RANGE_DB, hertz };
}
