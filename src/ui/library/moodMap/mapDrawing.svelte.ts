import type { MapSize } from './geometry/mapView';
import type { SongGrid } from './geometry/songGrid';
import { DensityPictures, paintMap, type MapScene } from './paintMap';
import { readPalette, type MapPalette } from './palette';

/** `theme` changes whenever the colours do. */
export type DrawnScene = Omit<MapScene, 'palette' | 'ratio'> & { readonly theme: string };

/** Finer than this no eye sees, and it is slow. */
const MOST_RATIO = 2;

/** `{@attach drawsMap(scene)}`: keeps a canvas as the scene says, at most once a frame. */
export function drawsMap(scene: () => DrawnScene): (canvas: HTMLCanvasElement) => () => void {
  return (canvas) => {
    const context = canvas.getContext('2d', { alpha: false });
    let frame = 0;
    let colours: { readonly key: string; readonly palette: MapPalette } | null = null;
    let pictures: { readonly grid: SongGrid; readonly palette: MapPalette; readonly made: DensityPictures } | null = null;

    function draw(drawn: DrawnScene): void {
      const ratio = Math.min(MOST_RATIO, devicePixelRatio);
      if (!context || !fit(canvas, drawn.size, ratio)) return;
      const key = `${drawn.theme} ${ratio}`;
      if (colours?.key !== key) colours = { key, palette: readPalette(canvas, ratio) };
      const { palette } = colours;
      if (pictures?.grid !== drawn.grid || pictures.palette !== palette)
        pictures = { grid: drawn.grid, palette, made: new DensityPictures(drawn.grid, palette) };
      paintMap(context, { ...drawn, ratio, palette }, pictures.made);
    }

    $effect(() => {
      const drawn = scene();
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => draw(drawn));
    });
    return () => cancelAnimationFrame(frame);
  };
}

/** @returns false while the map has no size, so that there is nothing to draw on */
function fit(canvas: HTMLCanvasElement, { width, height }: MapSize, ratio: number): boolean {
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across || canvas.height !== down) [canvas.width, canvas.height] = [across, down];
  return across > 0 && down > 0;
}
