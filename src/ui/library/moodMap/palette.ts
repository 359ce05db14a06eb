import type { Emotion } from '../../../core/emotion';
import { FIELD_POOLS, FIELD_STOPS } from '../../plane/fieldPools';
import { SIDE } from '../../plane/geometry';
import { SHAPES } from '../../parts/shapes';
import { SONG_MOODS, type SongMood } from '../../words/mood';

export type Rgb = readonly [number, number, number];

/** What the map is drawn with, read from the tokens of the theme. */
export interface MapPalette {
  readonly ink: string;
  readonly soft: string;
  readonly plane: string;
  readonly line: string;
  readonly font: string;
  readonly hues: readonly Rgb[];
  /** The plane's background, small: it is only blends. */
  readonly field: HTMLCanvasElement;
  /** One mark per mood of songs, `MARK` px wide times the ratio. */
  readonly marks: Readonly<Record<SongMood, HTMLCanvasElement>>;
}

/** Width of a song's mark, CSS px. */
export const MARK = 11;
const FIELD_PX = 160;

/** @param element whose theme counts; its own colour is borrowed for a moment to resolve the tokens */
export function readPalette(element: HTMLElement, ratio: number): MapPalette {
  const color = (token: string): string => {
    element.style.color = `var(${token})`;
    return getComputedStyle(element).color;
  };
  const alpha = Number(getComputedStyle(element).getPropertyValue('--field-alpha')) || 0;
  const plane = color('--plane');
  const words = SONG_MOODS.map((mood) => color(`--word-${mood}`));
  const marks = Object.fromEntries(SONG_MOODS.map((mood, i) => [mood, paintMark(SHAPES[mood], words[i] ?? '', plane, ratio)]));
  const palette: MapPalette = {
    ink: color('--ink'),
    soft: color('--ink-2'),
    line: color('--line-strong'),
    plane,
    font: getComputedStyle(element).fontFamily,
    hues: words.map(rgbOf),
    field: paintField(
      plane,
      FIELD_POOLS.map(({ mood }) => rgbOf(color(fieldToken(mood)))),
      alpha,
    ),
    marks: marks as MapPalette['marks'],
  };
  element.style.removeProperty('color');
  return palette;
}

const fieldToken = (mood: Emotion | 'calm'): string => `--field-${mood}`;

/** "rgb(1, 2, 3)" → [1, 2, 3]; anything else is black. */
function rgbOf(color: string): Rgb {
  const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}

function paintField(ground: string, pigments: readonly Rgb[], alpha: number): HTMLCanvasElement {
  const { canvas, context } = makeCanvas(FIELD_PX);
  if (!context) return canvas;
  const scale = FIELD_PX / SIDE;
  context.fillStyle = ground;
  context.fillRect(0, 0, FIELD_PX, FIELD_PX);
  FIELD_POOLS.forEach(({ x, y, r }, i) => {
    const gradient = context.createRadialGradient(x * scale, y * scale, 0, x * scale, y * scale, r * scale);
    for (const { offset, share } of FIELD_STOPS) gradient.addColorStop(offset, `rgb(${pigments[i]?.join(' ')} / ${share * alpha})`);
    context.fillStyle = gradient;
    context.fillRect(0, 0, FIELD_PX, FIELD_PX);
  });
  return canvas;
}

/** The shape in its hue with a thin edge of the ground, so that marks that overlap stay apart. */
function paintMark(shape: string, hue: string, ground: string, ratio: number): HTMLCanvasElement {
  const px = Math.ceil(MARK * ratio);
  const { canvas, context } = makeCanvas(px);
  if (!context) return canvas;
  context.scale(px / 20, px / 20);
  context.translate(2, 2);
  const path = new Path2D(shape);
  context.lineWidth = 2.5;
  context.lineJoin = 'round';
  context.strokeStyle = ground;
  context.stroke(path);
  context.fillStyle = hue;
  context.fill(path, 'evenodd');
  return canvas;
}

export function makeCanvas(side: number): { readonly canvas: HTMLCanvasElement; readonly context: CanvasRenderingContext2D | null } {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  // Kept in main memory: small pictures are drawn thousands of times a frame, and each would be read back from the graphics card.
  return { canvas, context: canvas.getContext('2d', { willReadFrequently: true }) };
}
