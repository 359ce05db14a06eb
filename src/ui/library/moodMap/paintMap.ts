import { t } from '../../../locales/t';
import { ANCHORS, FEEL_ORDER, songMood } from '../../words/mood';
import { binDensity, shadeDensity } from './geometry/density';
import { gridValues, toPlace, visibleRange, type MapSize, type MapView } from './geometry/mapView';
import { placeLabels, type Obstacle } from './geometry/placeLabels';
import type { Region } from './geometry/region';
import { countNear, songsIn, type SongGrid } from './geometry/songGrid';
import { makeCanvas, MARK, type MapPalette } from './palette';

export interface MapScene {
  readonly view: MapView;
  readonly size: MapSize;
  /** Device pixels per CSS px. */
  readonly ratio: number;
  readonly grid: SongGrid;
  readonly palette: MapPalette;
  /** Indices of the chosen songs; null while nothing is chosen. */
  readonly chosen: ReadonlySet<number> | null;
  /** The song under the pointer or pinned. */
  readonly near: number | null;
  readonly region: Region;
  readonly titleOf: (index: number) => string;
}

/** From here on songs are drawn as a density: more marks than this would be a blot, and slow. */
export const MOST_MARKS = 700;
/** Chosen songs that are drawn one by one over a density. */
const MOST_DOTS = 8000;
/** Titles are tried for the songs nearest to the middle once one has come near, or when there are only so many. */
const LABELLED_FROM_SCALE = 1.4;
const LABELLED_BELOW = 60;
const MOST_TRIED = 80;
/** Half a mark, less what a label may stand nearer to its own; and the shape beside a word of the plane: px. */
const DOT = 2;
const SHAPE = 14;
/** Nearer than this, titles take the place of the plane's words. */
export const WORDS_TO_SCALE = 1.4;

/** Density pictures by level of enlargement; made when first looked at. */
export class DensityPictures {
  readonly #pictures = new Map<number, HTMLCanvasElement>();

  constructor(
    private readonly grid: SongGrid,
    private readonly palette: MapPalette,
  ) {}

  at(scale: number): HTMLCanvasElement {
    const side = Math.min(512, 256 * 2 ** Math.ceil(Math.log2(scale)));
    const known = this.#pictures.get(side);
    if (known) return known;
    const { canvas, context } = makeCanvas(side);
    context?.putImageData(new ImageData(shadeDensity(binDensity(this.grid, side), this.palette.hues), side, side), 0, 0);
    this.#pictures.set(side, canvas);
    return canvas;
  }
}

export function paintMap(context: CanvasRenderingContext2D, scene: MapScene, densities: DensityPictures): void {
  const { view, size, ratio, grid, palette } = scene;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawPlaneImage(context, palette.field, view, size);
  drawGrid(context, scene);
  const range = visibleRange(view);
  if (countNear(grid, range) > MOST_MARKS) {
    context.globalAlpha = scene.chosen ? 0.4 : 1;
    drawPlaneImage(context, densities.at(view.scale), view, size);
    context.globalAlpha = 1;
    if (scene.chosen) drawDots(context, scene, scene.chosen);
  } else {
    const inSight = songsIn(grid, range);
    drawMarks(context, scene, inSight);
    if (view.scale > LABELLED_FROM_SCALE || inSight.length <= LABELLED_BELOW) drawLabels(context, scene, inSight);
  }
  drawRegion(context, scene);
  drawNear(context, scene);
}

/** A square picture of the whole plane, moved and enlarged as the view says. */
function drawPlaneImage(context: CanvasRenderingContext2D, picture: CanvasImageSource, view: MapView, size: MapSize): void {
  const corner = toPlace(view, size, { valence: -1, arousal: 1 });
  context.drawImage(picture, corner.x, corner.y, size.width * view.scale, size.height * view.scale);
}

function drawGrid(context: CanvasRenderingContext2D, { view, size, palette }: MapScene): void {
  const range = visibleRange(view);
  context.lineWidth = 1;
  context.strokeStyle = palette.ink;
  context.fillStyle = palette.soft;
  context.font = `500 11px ${palette.font}`;
  context.textBaseline = 'middle';
  for (const value of gridValues(range.valence)) {
    const x = Math.round(toPlace(view, size, { valence: value, arousal: 0 }).x) + 0.5;
    line(context, [x, 0, x, size.height], value === 0 ? 0.28 : 0.09);
    if (Math.abs(value) < 1) label(context, value, x + 3, size.height - 9);
  }
  for (const value of gridValues(range.arousal)) {
    const y = Math.round(toPlace(view, size, { valence: 0, arousal: value }).y) + 0.5;
    line(context, [0, y, size.width, y], value === 0 ? 0.28 : 0.09);
    if (Math.abs(value) < 1) label(context, value, 5, y - 8);
  }
}

function line(context: CanvasRenderingContext2D, [x0, y0, x1, y1]: readonly [number, number, number, number], alpha: number): void {
  context.globalAlpha = alpha;
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
  context.globalAlpha = 1;
}

function label(context: CanvasRenderingContext2D, value: number, x: number, y: number): void {
  context.fillText(value === 0 ? '0' : `${value > 0 ? '+' : '−'}${String(Math.abs(value)).replace(/^0/, '')}`, x, y);
}

function drawMarks(context: CanvasRenderingContext2D, scene: MapScene, inSight: readonly number[]): void {
  const { view, size, grid, palette, chosen } = scene;
  for (const i of inSight) {
    const point = { valence: grid.valence[i] ?? 0, arousal: grid.arousal[i] ?? 0 };
    const { x, y } = toPlace(view, size, point);
    context.globalAlpha = !chosen || chosen.has(i) ? 1 : 0.25;
    context.drawImage(palette.marks[songMood(point)], x - MARK / 2, y - MARK / 2, MARK, MARK);
  }
  context.globalAlpha = 1;
}

function drawDots(context: CanvasRenderingContext2D, { view, size, grid, palette }: MapScene, chosen: ReadonlySet<number>): void {
  context.fillStyle = palette.ink;
  let drawn = 0;
  for (const i of chosen) {
    if (drawn++ > MOST_DOTS) break;
    const { x, y } = toPlace(view, size, { valence: grid.valence[i] ?? 0, arousal: grid.arousal[i] ?? 0 });
    context.fillRect(x - 1, y - 1, 2, 2);
  }
}

function drawLabels(context: CanvasRenderingContext2D, scene: MapScene, inSight: readonly number[]): void {
  const { view, size, grid, palette, titleOf } = scene;
  const tried = inSight
    .map((i) => {
      const place = toPlace(view, size, { valence: grid.valence[i] ?? 0, arousal: grid.arousal[i] ?? 0 });
      return { i, ...place, far: (place.x - size.width / 2) ** 2 + (place.y - size.height / 2) ** 2 };
    })
    .sort((a, b) => a.far - b.far)
    .slice(0, MOST_TRIED);
  context.font = `12px ${palette.font}`;
  const labels = tried.map(({ i, x, y }) => {
    const text = cut(titleOf(i));
    return { text, x, y, width: context.measureText(text).width };
  });
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = palette.plane;
  context.fillStyle = palette.ink;
  const obstacles = [...tried.map(({ x, y }) => ({ left: x - DOT, right: x + DOT, y })), ...wordBoxes(context, scene)];
  for (const { text, x, y } of placeLabels(labels, size, { obstacles })) {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}

/** Where the words of the plane stand over the canvas; near by, only their shapes do. */
function wordBoxes(context: CanvasRenderingContext2D, { view, size }: MapScene): readonly Obstacle[] {
  return FEEL_ORDER.map((mood) => {
    const { x, y } = toPlace(view, size, ANCHORS[mood]);
    const width = view.scale > WORDS_TO_SCALE ? SHAPE : SHAPE + 6 + context.measureText(t(`emotion.${mood}`)).width;
    return { left: x - width / 2, right: x + width / 2, y };
  });
}

function cut(title: string): string {
  return title.length > 28 ? `${title.slice(0, 27)}…` : title;
}

function drawRegion(context: CanvasRenderingContext2D, { view, size, region, palette }: MapScene): void {
  if (region.length < 2) return;
  context.beginPath();
  for (const point of region) {
    const { x, y } = toPlace(view, size, point);
    context.lineTo(x, y);
  }
  context.closePath();
  context.fillStyle = palette.ink;
  context.globalAlpha = 0.07;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
}

function drawNear(context: CanvasRenderingContext2D, { view, size, grid, near, palette }: MapScene): void {
  if (near === null) return;
  const { x, y } = toPlace(view, size, { valence: grid.valence[near] ?? 0, arousal: grid.arousal[near] ?? 0 });
  context.beginPath();
  context.arc(x, y, 9, 0, 2 * Math.PI);
  context.strokeStyle = palette.ink;
  context.lineWidth = 2;
  context.stroke();
}
