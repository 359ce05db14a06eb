import { EMOTIONS, type Emotion } from '../../core/emotion';
import { seededRandom } from '../../core/random';
import type { Milliseconds, Timed } from '../../core/units';
import type { Box, DetectedFace, FaceFrame, Point } from './frame';

/** How a drawn face looks; all in [-1, 1], 0 is at rest. */
interface Expression {
  /** Mouth corners: 1 up, -1 down. */
  readonly smile: number;
  /** Mouth opening, 0..1. */
  readonly open: number;
  /** Brows: 1 raised, -1 lowered and drawn together. */
  readonly brows: number;
  /** Eye opening: 1 wide, -1 squeezed. */
  readonly eyes: number;
}

/** Prototypes after the action units of each emotion (Ekman & Friesen, Facial Action Coding System), much simplified. */
const PROTOTYPES: Readonly<Record<Emotion, Expression>> = {
  neutral: { smile: 0, open: 0, brows: 0, eyes: 0 },
  happiness: { smile: 1, open: 0.4, brows: 0.1, eyes: -0.4 },
  sadness: { smile: -0.8, open: 0, brows: 0.4, eyes: -0.5 },
  anger: { smile: -0.5, open: 0.1, brows: -1, eyes: 0.2 },
  fear: { smile: -0.3, open: 0.6, brows: 0.8, eyes: 1 },
  disgust: { smile: -0.6, open: 0.2, brows: -0.6, eyes: -0.7 },
  surprise: { smile: 0, open: 1, brows: 1, eyes: 1 },
};

const WIDTH = 112;
const HEIGHT = 84;
const FRAME_MS: Milliseconds = 1000 / 15;
/** Frames from one prototype to the next. */
const MORPH_FRAMES = 20;

interface Scene {
  readonly centre: Point;
  /** Half the face's width, px. */
  readonly radius: number;
  readonly expression: Expression;
  /** Light on the face, 0..1. */
  readonly light: number;
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share;

function mixExpressions(a: Expression, b: Expression, share: number): Expression {
  return {
    smile: mix(a.smile, b.smile, share),
    open: mix(a.open, b.open, share),
    brows: mix(a.brows, b.brows, share),
    eyes: mix(a.eyes, b.eyes, share),
  };
}

const inEllipse = (x: number, y: number, halfWidth: number, halfHeight: number) => (x / halfWidth) ** 2 + (y / halfHeight) ** 2 < 1;

function isEye(x: number, y: number, { eyes }: Expression): boolean {
  return inEllipse(Math.abs(x) - 0.4, y + 0.3, 0.17, 0.09 + 0.04 * eyes);
}

function isBrow(x: number, y: number, { brows }: Expression): boolean {
  const away = Math.abs(x) - 0.4;
  // Lowered brows also slope towards the nose.
  const height = -0.56 - 0.1 * brows + (brows < 0 ? 0.25 * brows * away : 0);
  return Math.abs(away) < 0.24 && Math.abs(y - height) < 0.045;
}

function isMouth(x: number, y: number, { smile, open }: Expression): boolean {
  if (Math.abs(x) > 0.42) return false;
  const curve = 0.62 + 0.16 * smile * (1 - 2 * (x / 0.42) ** 2) * 0.5;
  return Math.abs(y - curve) < 0.05 + 0.16 * open * (1 - (x / 0.42) ** 2);
}

/** Grey level of the face at x, y in half face widths from its centre; null is the background. */
function shade(x: number, y: number, expression: Expression): number | null {
  if (!inEllipse(x, y, 1, 1.35)) return null;
  if (isEye(x, y, expression)) return inEllipse(Math.abs(x) - 0.4, y + 0.3, 0.07, 0.09) ? 25 : 235;
  if (isBrow(x, y, expression)) return 55;
  if (isMouth(x, y, expression)) return expression.open > 0.25 && Math.abs(y - 0.62) < 0.06 ? 45 : 90;
  if (inEllipse(x, y - 0.12, 0.09, 0.3)) return 165;
  return 190 - 25 * x * x;
}

function draw({ centre, radius, expression, light }: Scene, random: () => number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(4 * WIDTH * HEIGHT);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const x = ((i % WIDTH) - centre.x) / radius;
    const y = (Math.floor(i / WIDTH) - centre.y) / radius;
    const level = (shade(x, y, expression) ?? 100) * light + 6 * (random() - 0.5);
    rgba[4 * i] = level * 1.05;
    rgba[4 * i + 1] = level * 0.95;
    rgba[4 * i + 2] = level * 0.85;
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}

function detected({ centre, radius }: Scene): DetectedFace {
  const at = (x: number, y: number): Point => ({ x: centre.x + x * radius + 0.5, y: centre.y + y * radius + 0.5 });
  const box: Box = { x: centre.x - radius, y: centre.y - 0.8 * radius, width: 2 * radius, height: 2 * radius };
  return {
    box,
    leftEye: at(-0.4, -0.3),
    rightEye: at(0.4, -0.3),
    nose: at(0, 0.13),
    mouth: at(0, 0.62),
    landmarks: new Float32Array(),
    pose: null,
    blendshapes: new Float32Array(),
  };
}

/** One drawn picture of a face; the same arguments give the same pixels. */
export function drawFace(emotion: Emotion, seed: number): FaceFrame {
  const scene: Scene = { centre: { x: WIDTH / 2, y: HEIGHT / 2 }, radius: 25, expression: PROTOTYPES[emotion], light: 1 };
  return picture(draw(scene, seededRandom(seed)), detected(scene), 1);
}

function picture(rgba: Uint8ClampedArray, face: DetectedFace | null, faces: number): FaceFrame {
  return { kind: 'picture', width: WIDTH, height: HEIGHT, region: { x: 0, y: 0, width: WIDTH, height: HEIGHT }, rgba, face, faces };
}

/** Someone before a camera: expressions morph, the head sways, now and then they leave or somebody looks over their shoulder. */
export function* simulate(seed: number, frames = 90): Generator<Timed<FaceFrame>> {
  const random = seededRandom(seed);
  const anyEmotion = () => EMOTIONS[Math.floor(random() * EMOTIONS.length)] ?? 'neutral';
  let from = PROTOTYPES.neutral;
  let to = PROTOTYPES[anyEmotion()];
  const sway = random() * Math.PI;
  for (let i = 0; i < frames; i++) {
    const step = i % MORPH_FRAMES;
    if (step === 0 && i > 0) [from, to] = [to, PROTOTYPES[anyEmotion()]];
    const scene: Scene = {
      centre: { x: WIDTH / 2 + 8 * Math.sin(sway + i / 17), y: HEIGHT / 2 + 3 * Math.cos(sway + i / 23) },
      radius: 25 + 2 * Math.sin(i / 31),
      expression: mixExpressions(from, to, step / MORPH_FRAMES),
      light: 0.85 + 0.15 * Math.sin(i / 41),
    };
    const isAway = i % 60 >= 55;
    const rgba = draw(isAway ? { ...scene, radius: 1e-3 } : scene, random);
    yield { at: Math.round(i * FRAME_MS), value: picture(rgba, isAway ? null : detected(scene), isAway ? 0 : i % 50 < 5 ? 2 : 1) };
  }
}
