import type { AffectPoint } from '../../core/music';

/** The plane is drawn on a 1000 × 1000 grid: valence to the right, arousal upwards. */
export const SIDE = 1000;

export function planeX(valence: number): number {
  return SIDE / 2 + (valence * SIDE) / 2;
}

export function planeY(arousal: number): number {
  return SIDE / 2 - (arousal * SIDE) / 2;
}

/** SVG path through the points; empty for none. */
export function planePath(points: readonly AffectPoint[]): string {
  return points.map((p, i) => `${i === 0 ? 'M' : 'L'}${planeX(p.valence).toFixed(1)} ${planeY(p.arousal).toFixed(1)}`).join('');
}

/** From a position inside a box to the plane, clamped to it. */
export function pointAt(
  x: number,
  y: number,
  box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): AffectPoint {
  return { valence: clamp(((x - box.left) / box.width) * 2 - 1), arousal: clamp(1 - ((y - box.top) / box.height) * 2) };
}

/** Arrow keys move by .05, with Shift by .01; null for other keys. */
export function movePoint(point: AffectPoint, key: string, isFine: boolean): AffectPoint | null {
  const step = isFine ? 0.01 : 0.05;
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowUp: [0, step],
    ArrowDown: [0, -step],
  };
  const move = moves[key];
  return move ? { valence: clamp(point.valence + move[0]), arousal: clamp(point.arousal + move[1]) } : null;
}

/** Mean over a centred window: a trail shows where you went, not each tremble. The last point stays where it is. */
export function smoothTrail(points: readonly AffectPoint[], reach = 3): readonly AffectPoint[] {
  return points.map((_, i) => {
    const near = Math.min(reach, i, points.length - 1 - i);
    const part = points.slice(i - near, i + near + 1);
    const mean = (of: (p: AffectPoint) => number) => part.reduce((sum, p) => sum + of(p), 0) / part.length;
    return { valence: mean((p) => p.valence), arousal: mean((p) => p.arousal) };
  });
}

/** The trail in pieces, older ones fainter. @returns newest last; empty for fewer than two points */
export function trailPieces(raw: readonly AffectPoint[], pieces = 8): readonly { readonly path: string; readonly opacity: number }[] {
  const points = smoothTrail(raw);
  if (points.length < 2) return [];
  const size = Math.max(1, Math.ceil((points.length - 1) / pieces));
  const starts = Array.from({ length: Math.ceil((points.length - 1) / size) }, (_, i) => i * size);
  return starts.map((start, i) => ({
    path: planePath(points.slice(start, start + size + 1)),
    opacity: 0.08 + (0.5 * (i + 1)) / starts.length,
  }));
}

function clamp(x: number): number {
  return Math.min(1, Math.max(-1, Math.round(x * 100) / 100));
}
