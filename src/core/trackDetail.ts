import type { CurvePoint } from './music';
import type { Hertz, Seconds, TrackId, UnitInterval } from './units';

/** Where a song's sound begins and ends; silence before and after may be skipped. */
export interface TrimPoints {
  readonly start: Seconds;
  readonly end: Seconds;
}

/** What only a song's own page and the player's waveform need: stored apart, so that a table of 100,000 rows stays small. */
export interface TrackDetail {
  readonly trackId: TrackId;
  readonly analyserVersion: number;
  /** [n] peak level per slice of the song, 0..255, for the waveform. */
  readonly peaks: Uint8Array;
  /** Affect of passages, at most 3 s apart. */
  readonly curve: readonly CurvePoint[];
  /** What the song sounds like, surest first; at most six. */
  readonly tags: readonly MusicTagScore[];
  /** [n] s, ascending; empty where there is no pulse. */
  readonly beats: Float32Array;
  /** [m] s, a subset of `beats`: the first of each bar. */
  readonly downbeats: Float32Array;
  /** How far the highest true peak stands above the loudness, dB (EBU Tech 3343); 0 for silence. */
  readonly dynamicRange: number;
  /** Mean log-mel picture of the song. */
  readonly spectrogram: Spectrogram;
  readonly summary: SpectralSummary;
}

/**
 * The tagger's outputs in its order (last.fm tags of the Million Song Dataset, MSD-MusiCNN); null: decades, which the metadata knows
 * better, and words that say the same as another.
 */
export const MUSIC_TAGS = [
  'rock',
  'pop',
  'alternative',
  'indie',
  'electronic',
  'female vocals',
  'dance',
  null,
  'alternative rock',
  'jazz',
  'beautiful',
  'metal',
  'chillout',
  'male vocals',
  'classic rock',
  'soul',
  'indie rock',
  'mellow',
  null,
  null,
  'folk',
  null,
  null,
  'instrumental',
  'punk',
  'oldies',
  'blues',
  'hard rock',
  'ambient',
  'acoustic',
  'experimental',
  null,
  'guitar',
  'hip-hop',
  null,
  'party',
  'country',
  'easy listening',
  'sexy',
  'catchy',
  'funk',
  'electro',
  'heavy metal',
  'progressive rock',
  null,
  'rnb',
  'indie pop',
  'sad',
  'house',
  'happy',
] as const;
export type MusicTag = Exclude<(typeof MUSIC_TAGS)[number], null>;

export interface MusicTagScore {
  readonly tag: MusicTag;
  readonly probability: UnitInterval;
}

/** Column by column, low bands first: `levels[column * bands + band]`, 0 = 80 dB below the loudest cell, 255 = the loudest. */
export interface Spectrogram {
  readonly bands: number;
  readonly columns: number;
  readonly lowest: Hertz;
  readonly highest: Hertz;
  readonly levels: Uint8Array;
}

/** Means over the frames that are not silence, in the field's (librosa's) definitions; zeros for silence. */
export interface SpectralSummary {
  /** [20] MFCC. */
  readonly mfcc: Float32Array;
  /** [12] share of energy per pitch class, largest = 1. */
  readonly chroma: Float32Array;
  /** [7] dB, lowest octave first. */
  readonly contrast: Float32Array;
  /** [6] fifths x and y, minor thirds x and y, major thirds x and y. */
  readonly tonnetz: Float32Array;
  readonly centroid: Hertz;
  readonly bandwidth: Hertz;
  readonly rolloff: Hertz;
  /** 0 tone .. 1 white noise. */
  readonly flatness: UnitInterval;
  /** Sign changes per sample, 0..1. */
  readonly zeroCrossingRate: UnitInterval;
  readonly rms: number;
}

export interface LyricsLine {
  /** When the line is sung; null in lyrics without times. */
  readonly at: Seconds | null;
  readonly text: string;
}

export interface Lyrics {
  readonly trackId: TrackId;
  readonly source: 'tag' | 'sidecar' | 'pasted';
  /** ISO 639 code from the tag, if it says one. */
  readonly language: string | null;
  /** Empty lines part stanzas. */
  readonly lines: readonly LyricsLine[];
  /** There are no words: the file says so, or the listener. Then `lines` is empty. */
  readonly isInstrumental?: boolean;
  /** What the listener's word stands in place of; absent when the file had nothing. */
  readonly replaced?: Omit<Lyrics, 'replaced'>;
}

/** What is known of a song whose detail was never measured: every list empty, every figure 0. */
export const NO_DETAIL: Omit<TrackDetail, 'trackId' | 'analyserVersion'> = {
  peaks: new Uint8Array(0),
  curve: [],
  tags: [],
  beats: new Float32Array(0),
  downbeats: new Float32Array(0),
  dynamicRange: 0,
  spectrogram: { bands: 0, columns: 0, lowest: 0, highest: 0, levels: new Uint8Array(0) },
  summary: {
    mfcc: new Float32Array(20),
    chroma: new Float32Array(12),
    contrast: new Float32Array(7),
    tonnetz: new Float32Array(6),
    centroid: 0,
    bandwidth: 0,
    rolloff: 0,
    flatness: 0,
    zeroCrossingRate: 0,
    rms: 0,
  },
};
