import type { Quadrant } from '../../core/music';
import type { BeatsPerMinute, UnitInterval } from '../../core/units';

/** Sounds that the small synthesiser can make. */
export type VoiceName = 'piano' | 'pluck' | 'pad' | 'strings' | 'bass' | 'lead' | 'guitar' | 'bell' | 'flute' | 'organ';

export type DrumPattern = 'none' | 'pop' | 'dance' | 'march' | 'rock' | 'blast' | 'brushes';

/** How a part turns chords into notes. */
export type Figure =
  /** The whole chord, once a bar. */
  | 'hold'
  /** The chord, twice a beat with accents. */
  | 'stabs'
  /** Chord tones one after the other. */
  | 'arpeggio'
  /** The root, with the figure that fits the meter. */
  | 'roots'
  /** Root and fifth hammered on every half beat. */
  | 'chug'
  /** A tune: chord tones on strong beats, steps between them, phrases that repeat. */
  | 'melody';

export interface PartSpec {
  readonly voice: VoiceName;
  readonly figure: Figure;
  /** Of the root: 4 is the octave of middle C. */
  readonly octave: number;
  readonly level: UnitInterval;
  /** -1 left … 1 right. */
  readonly pan: number;
  /** Notes per beat for figures that have a choice. */
  readonly density: number;
  /** First bar that plays. */
  readonly from: number;
}

export interface PieceSpec {
  readonly title: string;
  /** The mood that the piece was written for; what the model hears is measured, not set. */
  readonly intended: Quadrant;
  readonly genre: string;
  readonly tempo: BeatsPerMinute;
  /** Pitch class of the tonic, 0 = C. */
  readonly tonic: number;
  /** Semitones above the tonic. */
  readonly scale: readonly number[];
  /** A bar each: degrees of the scale, 0 = tonic triad. */
  readonly progression: readonly number[];
  readonly bars: number;
  readonly drums: DrumPattern;
  readonly drumLevel: UnitInterval;
  readonly parts: readonly PartSpec[];
  /** 0 clean … 1 crushed, on everything but the drums. */
  readonly distortion: UnitInterval;
  /** Low-pass of the mix, Hz. */
  readonly brightness: number;
  /** Gain above 1.5 kHz. */
  readonly treble: number;
  /** Noise of breath, bow and room, against the level of the sound. */
  readonly air: number;
  /** How hard the mix is pressed against its ceiling; 0 not at all. */
  readonly drive: number;
  /** Share of reverberation. */
  readonly reverb: UnitInterval;
  /** Loudness of the piece against the others, linear. */
  readonly gain: UnitInterval;
  /** Third added to each chord tone above, for dissonance: semitones, 0 for none. */
  readonly clash: number;
  readonly seed: number;
}

export const MAJOR = [0, 2, 4, 5, 7, 9, 11] as const;
export const MINOR = [0, 2, 3, 5, 7, 8, 10] as const;
export const HARMONIC_MINOR = [0, 2, 3, 5, 7, 8, 11] as const;
export const PHRYGIAN = [0, 1, 3, 5, 7, 8, 10] as const;
export const LYDIAN = [0, 2, 4, 6, 7, 9, 11] as const;
export const DORIAN = [0, 2, 3, 5, 7, 9, 10] as const;

type PartOptions = Partial<Pick<PartSpec, 'pan' | 'density' | 'from'>>;

/** A part in the middle of the stage, one note per beat, from the first bar, unless told otherwise. */
export const part = (voice: VoiceName, figure: Figure, octave: number, level: UnitInterval, options: PartOptions = {}): PartSpec => ({
  voice,
  figure,
  octave,
  level,
  pan: 0,
  density: 1,
  from: 0,
  ...options,
});
