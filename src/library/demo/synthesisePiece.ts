import type { Hertz } from '../../core/units';
import { BEATS_PER_BAR, composePart } from './composePiece';
import { demoPiece } from './demoPieces';
import { addDrums } from './drums';
import { breathe, brighten, darken, distort, finish, press, reverberate } from './effects';
import type { PartSpec, PieceSpec } from './pieceSpec';
import { renderTone } from './voices';

export interface Stereo {
  /** [n] [-1, 1] */
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
  readonly sampleRate: Hertz;
}

const SAMPLE_RATE: Hertz = 32_000;
const TAIL_SECONDS = 2.5;

interface Mix {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
}

/** Adds one part at its place between the ears, equal power. */
function addPart({ left, right }: Mix, spec: PieceSpec, part: PartSpec): void {
  const angle = ((part.pan + 1) * Math.PI) / 4;
  const toLeft = part.level * Math.cos(angle);
  const toRight = part.level * Math.sin(angle);
  const rendered = new Map<string, Float32Array>();
  composePart(spec, part).forEach(({ at, length, pitch, velocity }) => {
    const key = `${pitch} ${length.toFixed(4)} ${velocity}`;
    const frequency = 440 * 2 ** ((pitch - 69) / 12);
    const tone = rendered.get(key) ?? renderTone(part.voice, { frequency, length, velocity, sampleRate: SAMPLE_RATE });
    rendered.set(key, tone);
    const start = Math.round(at * SAMPLE_RATE);
    const count = Math.min(tone.length, left.length - start);
    for (let i = 0; i < count; i++) {
      const x = tone[i] ?? 0;
      left[start + i] = (left[start + i] ?? 0) + toLeft * x;
      right[start + i] = (right[start + i] ?? 0) + toRight * x;
    }
  });
}

/** Renders a piece from its description: no clock, no chance, so that every device hears the same. */
export function renderPiece(spec: PieceSpec): Stereo {
  const barSeconds = (BEATS_PER_BAR * 60) / spec.tempo;
  const length = Math.round((spec.bars * barSeconds + TAIL_SECONDS) * SAMPLE_RATE);
  const mix: Mix = { left: new Float32Array(length), right: new Float32Array(length) };
  for (const part of spec.parts) addPart(mix, spec, part);
  const drums = new Float32Array(length);
  addDrums(drums, spec.drums, spec.bars - 1, barSeconds, spec.drumLevel, SAMPLE_RATE);
  const ears: readonly (readonly [Float32Array, number])[] = [
    [mix.left, 1],
    [mix.right, 1.07],
  ];
  for (const [channel, spread] of ears) {
    distort(channel, spec.distortion);
    drums.forEach((x, i) => (channel[i] = (channel[i] ?? 0) + x));
    darken(channel, spec.brightness, SAMPLE_RATE);
    brighten(channel, spec.treble, 1500, SAMPLE_RATE);
    breathe(channel, spec.air, spec.seed + Math.round(100 * spread));
    press(channel, spec.drive);
    if (spec.reverb > 0) reverberate(channel, spread, SAMPLE_RATE).forEach((x, i) => (channel[i] = (channel[i] ?? 0) + spec.reverb * x));
  }
  finish(mix.left, mix.right, spec.gain, 0.01 * SAMPLE_RATE, 1.5 * SAMPLE_RATE);
  return { ...mix, sampleRate: SAMPLE_RATE };
}

/** @param index of the piece, from 0 */
export const synthesisePiece = (index: number): Stereo => renderPiece(demoPiece(index).spec);
