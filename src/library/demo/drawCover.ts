import { seededRandom } from '../../core/random';
import type { Quadrant } from '../../core/music';
import type { DemoPiece } from './demoPieces';

const SIDE = 512;

/** Hues of the mood plane's corners, degrees. */
const HUES: Readonly<Record<Quadrant, number>> = { Q1: 42, Q2: 8, Q3: 232, Q4: 158 };

/** Rings and dots in the colour of the piece's mood. */
export async function drawCover({ spec }: DemoPiece): Promise<Blob> {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context');
  const random = seededRandom(spec.seed * 7919);
  const hue = HUES[spec.intended] + 24 * (random() - 0.5);
  const ground = context.createLinearGradient(0, 0, SIDE, SIDE);
  ground.addColorStop(0, `hsl(${hue} 55% 46%)`);
  ground.addColorStop(1, `hsl(${hue + 40} 45% 22%)`);
  context.fillStyle = ground;
  context.fillRect(0, 0, SIDE, SIDE);
  for (let ring = 0; ring < 7; ring++) {
    context.beginPath();
    context.arc(SIDE * (0.2 + 0.6 * random()), SIDE * (0.2 + 0.6 * random()), SIDE * (0.06 + 0.3 * random()), 0, 2 * Math.PI);
    context.strokeStyle = `hsl(${hue + 30 * random()} 70% ${60 + 25 * random()}% / 0.55)`;
    context.lineWidth = 3 + 14 * random();
    context.stroke();
  }
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}
