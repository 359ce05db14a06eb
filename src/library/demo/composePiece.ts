import { seededRandom } from '../../core/random';
import type { Seconds, UnitInterval } from '../../core/units';
import type { Figure, PartSpec, PieceSpec } from './pieceSpec';

export interface Note {
  readonly at: Seconds;
  readonly length: Seconds;
  /** MIDI note number; 69 is 440 Hz. */
  readonly pitch: number;
  readonly velocity: UnitInterval;
}

export const BEATS_PER_BAR = 4;

interface Bar {
  readonly index: number;
  readonly start: Seconds;
  readonly beat: Seconds;
  /** Degrees of the scale that sound in this bar. */
  readonly degree: number;
  readonly isLast: boolean;
}

type Compose = (bar: Bar, part: PartSpec, spec: PieceSpec, random: () => number) => readonly Note[];

/** MIDI pitch of a degree of the scale; degrees beyond the octave go on upwards or downwards. */
export function degreePitch({ tonic, scale }: PieceSpec, degree: number, octave: number): number {
  const steps = scale.length;
  const wrapped = ((degree % steps) + steps) % steps;
  return 12 * (octave + 1 + Math.floor(degree / steps)) + tonic + (scale[wrapped] ?? 0);
}

function chordPitches(spec: PieceSpec, degree: number, octave: number): readonly number[] {
  const triad = [0, 2, 4].map((third) => degreePitch(spec, degree + third, octave));
  return spec.clash === 0 ? triad : [...triad, (triad[0] ?? 0) + spec.clash];
}

const hold: Compose = ({ start, beat, degree, isLast }, { octave }, spec) =>
  chordPitches(spec, degree, octave).map((pitch, voice) => ({
    at: start + 0.012 * voice,
    length: beat * BEATS_PER_BAR * (isLast ? 1.4 : 1),
    pitch,
    velocity: 0.7,
  }));

const stabs: Compose = ({ start, beat, degree }, { octave, density }, spec) =>
  Array.from({ length: BEATS_PER_BAR * density }, (_, i) => i).flatMap((i) => {
    const isOffBeat = i % 2 === 1;
    return chordPitches(spec, degree, octave).map((pitch) => ({
      at: start + (i * beat) / density,
      length: (beat / density) * (isOffBeat ? 0.85 : 0.45),
      pitch,
      velocity: isOffBeat ? 0.85 : 0.5,
    }));
  });

const ARPEGGIO = [0, 1, 2, 3, 2, 1];

const arpeggio: Compose = ({ start, beat, degree }, { octave, density }, spec) =>
  Array.from({ length: BEATS_PER_BAR * density }, (_, i) => {
    const third = ARPEGGIO[i % ARPEGGIO.length] ?? 0;
    const pitch = degreePitch(spec, degree + (third === 3 ? spec.scale.length : 2 * third), octave);
    return {
      at: start + (i * beat) / density,
      length: (2.2 * beat) / density,
      pitch,
      velocity: i % density === 0 ? 0.8 : 0.55,
    };
  });

const roots: Compose = ({ start, beat, degree, isLast }, { octave, density }, spec) =>
  Array.from({ length: isLast ? 1 : BEATS_PER_BAR * density }, (_, i) => ({
    at: start + (i * beat) / density,
    length: (beat / density) * (isLast ? 4 : 0.9),
    pitch: degreePitch(spec, degree + (density >= 1 && i % 4 === 3 ? 4 : 0), octave),
    velocity: i === 0 ? 0.9 : 0.7,
  }));

const chug: Compose = ({ start, beat, degree }, { octave, density }, spec, random) =>
  Array.from({ length: BEATS_PER_BAR * density }, (_, i) => i).flatMap((i) => {
    if (random() < 0.08) return [];
    const pitch = degreePitch(spec, degree, octave);
    const velocity = i % density === 0 ? 1 : 0.75;
    const note = { at: start + (i * beat) / density, length: (beat / density) * 0.9, velocity };
    return [pitch, pitch + 7, pitch + 12].map((each) => ({ ...note, pitch: each }));
  });

/** Beats of each note of a bar's tune; four rhythms, of which a phrase repeats one or two. */
const RHYTHMS: readonly (readonly number[])[] = [
  [1, 1, 1, 1],
  [1.5, 0.5, 1, 1],
  [1, 0.5, 0.5, 2],
  [0.5, 0.5, 1, 0.5, 0.5, 1],
];

/** The tune of a four-bar phrase comes back: its random numbers follow from the bar's place in the phrase. */
const melody: Compose = ({ index, start, beat, degree, isLast }, { octave, density }, spec) => {
  const random = seededRandom(spec.seed * 977 + (index % 4) * 31 + (index % 8 === 7 ? 5 : 0));
  const rhythm = density <= 0.5 ? [2, 2] : (RHYTHMS[Math.floor(random() * (density >= 2 ? 4 : 3))] ?? []);
  let step = degree + 2 * Math.floor(random() * 3);
  let at = start;
  return (isLast ? [BEATS_PER_BAR] : rhythm).map((beats, i) => {
    if (i > 0) step += Math.floor(random() * 5) - 2;
    if (isLast) step = 0;
    const strong = i === 0 || beats >= 1.5;
    const landed = strong && (step - degree) % 2 !== 0 ? step - 1 : step;
    const note = { at, length: beats * beat * 0.96, pitch: degreePitch(spec, landed, octave), velocity: strong ? 0.85 : 0.65 };
    at += beats * beat;
    return note;
  });
};

const FIGURES: Readonly<Record<Figure, Compose>> = { hold, stabs, arpeggio, roots, chug, melody };

/** The notes of one part, in order of time. Same spec, same notes. */
export function composePart(spec: PieceSpec, part: PartSpec): readonly Note[] {
  const beat = 60 / spec.tempo;
  const random = seededRandom(spec.seed + part.octave * 101 + part.density * 13);
  return Array.from({ length: spec.bars }, (_, index) => index)
    .filter((index) => index >= part.from)
    .flatMap((index) => {
      const isLast = index === spec.bars - 1;
      const degree = isLast ? 0 : (spec.progression[index % spec.progression.length] ?? 0);
      return FIGURES[part.figure]({ index, start: index * BEATS_PER_BAR * beat, beat, degree, isLast }, part, spec, random);
    });
}
