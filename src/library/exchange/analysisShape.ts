import type { TrackAnalysis } from '../../core/music';
import { MUSIC_TAGS, type MusicTag, type MusicTagScore } from '../../core/trackDetail';
import { bytes, floats, list, number, oneOf, shape, text, whole, type Read } from './readShape';

/** One song of an export: whose sound it is, and what is known of it. */
export interface ExportedSong {
  /** Hex sha256 of the whole file: the same bytes are the same song on every device. */
  readonly contentHash: string;
  readonly analysis: Omit<TrackAnalysis, 'trackId'>;
}

const DAY = 86_400;
const unit = number(0, 1);
const bipolar = number(-1, 1);
const seconds = number(0, 30 * DAY);
const hertz = number(0, 200_000);
const decibels = number(-200, 200);
const exactly = (length: number, low: number, high: number) => floats([length, length], low, high);
const BIG = 1e9;

const NAMED_TAGS = MUSIC_TAGS.filter((tag): tag is MusicTag => tag !== null);
const curvePoint = shape<TrackAnalysis['detail']['curve'][number]>({ at: seconds, valence: bipolar, arousal: bipolar, weight: unit });

const detail = shape<TrackAnalysis['detail']>({
  peaks: bytes(4000),
  curve: list(curvePoint, 100_000),
  tags: list(shape<MusicTagScore>({ tag: oneOf(...NAMED_TAGS), probability: unit }), 50),
  beats: floats([0, 1e6], 0, 30 * DAY),
  downbeats: floats([0, 1e6], 0, 30 * DAY),
  dynamicRange: decibels,
  spectrogram: shape<TrackAnalysis['detail']['spectrogram']>({
    bands: whole(0, 1024),
    columns: whole(0, 10_000),
    lowest: hertz,
    highest: hertz,
    levels: bytes(2e6),
  }),
  summary: shape<TrackAnalysis['detail']['summary']>({
    mfcc: exactly(20, -BIG, BIG),
    chroma: exactly(12, 0, 1.001),
    contrast: exactly(7, -BIG, BIG),
    tonnetz: exactly(6, -10, 10),
    centroid: hertz,
    bandwidth: hertz,
    rolloff: hertz,
    flatness: unit,
    zeroCrossingRate: unit,
    rms: number(0, 100),
  }),
});

/** Every field of an analysis and what it may be. A field that an analysis gains fails to compile here until it is told. */
export const readSong: Read<ExportedSong> = shape<ExportedSong>({
  contentHash: text(/^[0-9a-f]{64}$/),
  analysis: shape<ExportedSong['analysis']>({
    analyserVersion: whole(1, 1e6),
    duration: seconds,
    tempo: number(0, 1000),
    tempoConfidence: unit,
    key: shape<TrackAnalysis['key']>({ pitchClass: whole(0, 11), mode: oneOf('major', 'minor'), confidence: unit }),
    loudness: decibels,
    onsetRate: number(0, 10_000),
    spectralCentroid: hertz,
    truePeak: decibels,
    loudnessRange: decibels,
    pulseClarity: unit,
    trim: shape<TrackAnalysis['trim']>({ start: seconds, end: seconds }),
    affect: shape<TrackAnalysis['affect']>({ valence: bipolar, arousal: bipolar, valenceSd: number(0, 10), arousalSd: number(0, 10) }),
    quadrants: shape<TrackAnalysis['quadrants']>({ Q1: unit, Q2: unit, Q3: unit, Q4: unit }),
    embedding: floats([1, 4096], -1.001, 1.001),
    detail,
    analysedAt: number(0, 1e14),
    tookMs: number(0, 1e9),
  }),
});
