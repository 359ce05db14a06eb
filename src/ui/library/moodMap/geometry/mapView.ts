import type { AffectPoint } from '../../../../core/music';

/** What part of the mood plane is on screen: its middle, and how many times it is enlarged (1 = the whole plane). */
export interface MapView {
  readonly valence: number;
  readonly arousal: number;
  readonly scale: number;
}

/** Size of the drawing, CSS px. */
export interface MapSize {
  readonly width: number;
  readonly height: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Part of the plane; both ranges ascend. */
export interface PlaneRange {
  readonly valence: readonly [number, number];
  readonly arousal: readonly [number, number];
}

export const WHOLE: MapView = { valence: 0, arousal: 0, scale: 1 };
export const MAX_SCALE = 40;
export const ZOOM_STEP = 1.5;

/** Valence grows to the right, arousal upwards; each axis fills its side of the drawing. */
export function toPlace(view: MapView, size: MapSize, point: AffectPoint): Place {
  return {
    x: size.width * (0.5 + ((point.valence - view.valence) * view.scale) / 2),
    y: size.height * (0.5 - ((point.arousal - view.arousal) * view.scale) / 2),
  };
}

/** Inverse of `toPlace`; may lie outside the plane. */
export function toPoint(view: MapView, size: MapSize, { x, y }: Place): AffectPoint {
  return {
    valence: view.valence + ((x / size.width - 0.5) * 2) / view.scale,
    arousal: view.arousal - ((y / size.height - 0.5) * 2) / view.scale,
  };
}

/** Moves what is drawn by so many px; never off the plane. */
export function panBy(view: MapView, size: MapSize, dx: number, dy: number): MapView {
  return clampView({
    valence: view.valence - (dx / size.width) * (2 / view.scale),
    arousal: view.arousal + (dy / size.height) * (2 / view.scale),
    scale: view.scale,
  });
}

/** Enlarges around a place, which stays where it is. */
export function zoomAt(view: MapView, size: MapSize, factor: number, place: Place): MapView {
  const scale = Math.min(MAX_SCALE, Math.max(1, view.scale * factor));
  const fixed = toPoint(view, size, place);
  const offset = { v: ((place.x / size.width - 0.5) * 2) / scale, a: ((place.y / size.height - 0.5) * 2) / scale };
  return clampView({ valence: fixed.valence - offset.v, arousal: fixed.arousal + offset.a, scale });
}

export function visibleRange({ valence, arousal, scale }: MapView): PlaneRange {
  const reach = 1 / scale;
  return { valence: [valence - reach, valence + reach], arousal: [arousal - reach, arousal + reach] };
}

/** Values at which lines of the grid are drawn, at least `fewest` in sight; multiples of 0.5, 0.25, 0.1, 0.05 or 0.01. */
export function gridValues([low, high]: readonly [number, number], fewest = 3): readonly number[] {
  const step = [0.5, 0.25, 0.1, 0.05, 0.01].find((size) => (high - low + 1e-9) / size >= fewest) ?? 0.01;
  const values: number[] = [];
  for (let i = Math.ceil((low - 1e-9) / step); i * step <= high + 1e-9; i++) values.push(Math.round(i * step * 100) / 100 + 0);
  return values;
}

function clampView({ valence, arousal, scale }: MapView): MapView {
  const reach = 1 - 1 / scale;
  // Plus 0: the middle of the whole plane is 0, not −0.
  const clamp = (x: number) => Math.min(reach, Math.max(-reach, x)) + 0;
  return { valence: clamp(valence), arousal: clamp(arousal), scale };
}
