import type { MapSize, Place } from './mapView';

export interface Label extends Place {
  readonly text: string;
  /** Of the text as drawn, px. */
  readonly width: number;
}

/** What a label must not cover: a stretch of a line of text. */
export interface Obstacle {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** Height of a line with its air, px. */
const LINE = 16;
const AIR = 6;

/**
 * The labels that fit beside their dots without covering each other or an obstacle, in order of wish; first right of the dot, else left.
 * @returns where each text begins and its middle line
 */
export function placeLabels(
  wished: readonly Label[],
  size: MapSize,
  { obstacles = [], most = 40 }: { readonly obstacles?: readonly Obstacle[]; readonly most?: number } = {},
): readonly (Place & { readonly text: string })[] {
  const taken = [...obstacles];
  const placed: (Place & { readonly text: string })[] = [];
  for (const { text, width, x, y } of wished) {
    if (placed.length >= most) break;
    const lefts = [x + 9, x - 9 - width].filter((left) => left >= 2 && left + width <= size.width - 2);
    const left = lefts.find((from) => taken.every((t) => Math.abs(t.y - y) >= LINE || t.left > from + width + AIR || t.right + AIR < from));
    if (left === undefined || y < LINE / 2 || y > size.height - LINE / 2) continue;
    taken.push({ left, right: left + width, y });
    placed.push({ text, x: left, y });
  }
  return placed;
}
