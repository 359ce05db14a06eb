import type { MelStrip } from '../../../stores/sensing/voice/voiceContract';

/** Red, green, blue, each 0..255. */
export type Ink = readonly [number, number, number];

/** What a CSS colour is to a canvas. */
export function inkOf(colour: string): Ink {
  const [red = 128, green = 128, blue = 128] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/**
 * Draws the columns that are new, one pixel each, newest at the right edge, low bands at the bottom; the older ones move left.
 * @param drawn columns that the canvas shows already
 * @returns columns that it shows now
 */
export function drawMel(context: CanvasRenderingContext2D, strip: MelStrip, drawn: number, [red, green, blue]: Ink): number {
  const { width, height } = context.canvas;
  if (strip.count < drawn) context.clearRect(0, 0, width, height);
  const from = Math.max(strip.count < drawn ? 0 : drawn, strip.count - width);
  const fresh = strip.count - from;
  if (fresh <= 0) return strip.count;
  // The canvas is its own source: what is drawn over is not there twice.
  context.globalCompositeOperation = 'copy';
  context.drawImage(context.canvas, -fresh, 0);
  context.globalCompositeOperation = 'source-over';
  const pixels = context.createImageData(fresh, height);
  strip.each(from, (index, column) => {
    for (let band = 0; band < height; band++) {
      const place = 4 * ((height - 1 - band) * fresh + index - from);
      pixels.data.set([red, green, blue, 255 * (column[band] ?? 0)], place);
    }
  });
  context.putImageData(pixels, width - fresh, 0);
  return strip.count;
}
