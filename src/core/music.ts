import type { Affect, Emotion, EmotionEstimate } from './emotion';
import type { ErrorCode } from './errors';
import type { TrackDetail, TrimPoints } from './trackDetail';
import type {
  BeatsPerMinute,
  Bipolar,
  EpochMs,
  EstimateId,
  Hertz,
  Milliseconds,
  PlaylistId,
  Seconds,
  TrackId,
  UnitInterval,
} from './units';

export type { Lyrics, LyricsLine, Spectrogram, SpectralSummary, TrackDetail, TrimPoints } from './trackDetail';

/** Where the bytes are: a handle the user granted, a copy in the origin private file system, or a piece the app can synthesise again. */
export type TrackSource =
  | { readonly kind: 'handle'; readonly handleId: string }
  | { readonly kind: 'opfs'; readonly key: string }
  | { readonly kind: 'demo'; readonly piece: number };

/** Gains in dB, peaks as a share of full scale (1 = full scale); what the tags do not say is null. */
export interface ReplayGain {
  readonly trackGain: number | null;
  readonly trackPeak: number | null;
  readonly albumGain: number | null;
  readonly albumPeak: number | null;
}

/** Ids of the open music encyclopedia MusicBrainz, lower-case UUIDs. */
export interface MusicBrainzIds {
  readonly recording: string | null;
  readonly release: string | null;
  readonly artist: string | null;
}

/** What the tags of a file claim of its sound; the analysis measures for itself. */
export interface StatedTags {
  readonly tempo: BeatsPerMinute | null;
  readonly key: Pick<MusicalKey, 'pitchClass' | 'mode'> | null;
  /** All genres of the tags; the first is the track's `genre`. */
  readonly genres: readonly string[];
  readonly replayGain: ReplayGain | null;
  readonly musicBrainz: MusicBrainzIds | null;
}

export const NOTHING_STATED: StatedTags = { tempo: null, key: null, genres: [], replayGain: null, musicBrainz: null };

export interface Track {
  readonly id: TrackId;
  /** From the tags, else from the file name: never empty. */
  readonly title: string;
  readonly artist: string | null;
  readonly album: string | null;
  /** Whose album it is when its songs are by several artists. */
  readonly albumArtist: string | null;
  readonly genre: string | null;
  readonly year: number | null;
  readonly trackNumber: number | null;
  readonly discNumber: number | null;
  readonly stated: StatedTags;
  /** What the `lyrics` store holds of this song. */
  readonly lyrics: 'none' | 'plain' | 'synced';
  /** null until the file was decoded once (Ogg files do not say it in their tags). */
  readonly duration: Seconds | null;
  /** Path below the imported folder, or the file name. */
  readonly path: string;
  readonly bytes: number;
  readonly mimeType: string;
  /** Hex sha256 of the whole file: equal hash means exact duplicate. */
  readonly contentHash: string;
  /** Key in the `covers` store. */
  readonly coverId: string | null;
  readonly source: TrackSource;
  readonly addedAt: EpochMs;
}

/** Q1 pleasant and activated, Q2 unpleasant and activated, Q3 unpleasant and calm, Q4 pleasant and calm. */
export const QUADRANTS = ['Q1', 'Q2', 'Q3', 'Q4'] as const;
export type Quadrant = (typeof QUADRANTS)[number];
export type QuadrantProbabilities = Readonly<Record<Quadrant, UnitInterval>>;

/** A point on the mood plane. */
export interface AffectPoint {
  readonly valence: Bipolar;
  readonly arousal: Bipolar;
}

/** The quadrant a point lies in; the axes themselves count as pleasant and as activated. */
export function quadrantOf({ valence, arousal }: AffectPoint): Quadrant {
  if (arousal >= 0) return valence >= 0 ? 'Q1' : 'Q2';
  return valence >= 0 ? 'Q4' : 'Q3';
}

/** The affect of one passage of a song. */
export interface CurvePoint extends AffectPoint {
  /** Start of the passage. */
  readonly at: Seconds;
  /** Its share in what was decided about the whole song, the largest of the song being 1. */
  readonly weight: UnitInterval;
}

export interface MusicalKey {
  /** 0 = C … 11 = B. */
  readonly pitchClass: number;
  readonly mode: 'major' | 'minor';
  readonly confidence: UnitInterval;
}

export interface TrackAnalysis {
  readonly trackId: TrackId;
  /** Bumped when any extractor or the model changes, so stale rows are found by index and redone. */
  readonly analyserVersion: number;
  readonly duration: Seconds;
  readonly tempo: BeatsPerMinute;
  readonly tempoConfidence: UnitInterval;
  readonly key: MusicalKey;
  /** Integrated loudness, LUFS (EBU R128); -70 for silence. */
  readonly loudness: number;
  readonly onsetRate: Hertz;
  /** Mean over frames, Hz. */
  readonly spectralCentroid: Hertz;
  /** Largest level between the samples too, dBTP (EBU R128); -70 for silence. */
  readonly truePeak: number;
  /** How far loud and quiet passages lie apart, LU (EBU Tech 3342); 0 for silence. */
  readonly loudnessRange: number;
  /** How clearly a pulse is felt; 0 for silence. */
  readonly pulseClarity: UnitInterval;
  readonly trim: TrimPoints;
  readonly affect: Affect;
  readonly quadrants: QuadrantProbabilities;
  /** [d] unit-norm audio embedding; stored packed, apart from the row. */
  readonly embedding: Float32Array;
  /** Stored apart from the row too. */
  readonly detail: Omit<TrackDetail, 'trackId' | 'analyserVersion'>;
  readonly analysedAt: EpochMs;
  readonly tookMs: Milliseconds;
}

/** What a table of songs keeps of an analysis. */
export type AnalysisRow = Omit<TrackAnalysis, 'embedding' | 'detail'>;

export interface ListeningContext {
  readonly at: EpochMs;
  /** 0..23 in the user's zone: derived once at the border, so strategies stay pure. */
  readonly hour: number;
  /** 0 = Sunday. */
  readonly weekday: number;
}

export const REASON_FEATURES = [
  'affect-distance',
  'target-distance',
  'tempo-flow',
  'liked',
  'disliked',
  'skipped',
  'novelty',
  'recently-played',
  'same-artist',
  'chance',
] as const;
export type ReasonFeature = (typeof REASON_FEATURES)[number];

export interface ScoreReason {
  readonly feature: ReasonFeature;
  readonly weight: number;
  readonly contribution: number;
}

export interface RankedTrack {
  readonly trackId: TrackId;
  readonly score: number;
  /** Contributions sum to score: the UI can always say why. */
  readonly reasons: readonly ScoreReason[];
}

/** What a strategy needs to know of a song; small, so 100,000 of them fit in memory. */
export interface Candidate {
  readonly trackId: TrackId;
  readonly affect: Affect;
  readonly tempo: BeatsPerMinute;
  readonly loudness: number;
  readonly artist: string | null;
}

export const STRATEGY_IDS = ['match', 'lift', 'calm', 'contrast', 'explore', 'target'] as const;
export type StrategyId = (typeof STRATEGY_IDS)[number];

export interface StrategyInput {
  /** Where the listener is. */
  readonly affect: Affect;
  /** Where the listener wants to go; only 'target' needs it. */
  readonly target: AffectPoint | null;
  readonly context: ListeningContext;
  readonly candidates: readonly Candidate[];
  readonly feedback: readonly FeedbackEvent[];
  /** Seeded; strategies never call Math.random or Date.now. */
  readonly random: () => number;
  readonly length: number;
}

export interface Strategy<Id extends string = string> {
  readonly id: Id;
  rank(input: StrategyInput): readonly RankedTrack[];
}

export interface Playlist {
  readonly id: PlaylistId;
  readonly createdAt: EpochMs;
  readonly strategy: StrategyId;
  /** null when the user chose without any estimate. */
  readonly basedOn: EstimateId | null;
  readonly from: AffectPoint;
  readonly target: AffectPoint | null;
  readonly seed: number;
  readonly items: readonly RankedTrack[];
}

interface FeedbackBase {
  readonly at: EpochMs;
  readonly playlistId: PlaylistId | null;
  /** What the listener seemed to feel then, if anything was known. */
  readonly affect: AffectPoint | null;
}

/** A corrected feeling: one of the seven, or a point ('calm' is a point, not a class). */
export type CorrectionLabel = Emotion | 'calm';

/** What the senses said when the user corrected them, in log-odds of the seven before any personal calibration: what it may learn from. */
export interface CorrectionEvidence {
  /** [7] what no single sense is answerable for. */
  readonly shared: readonly number[];
  /** [7] for each sense that spoke. */
  readonly bySource: Readonly<Record<string, readonly number[]>>;
}

/** Append-only log; every learned preference is recomputed from it. */
export type FeedbackEvent = FeedbackBase &
  (
    | { readonly kind: 'played'; readonly trackId: TrackId; readonly fraction: UnitInterval }
    | { readonly kind: 'skipped'; readonly trackId: TrackId; readonly after: Seconds }
    | { readonly kind: 'rated'; readonly trackId: TrackId; readonly rating: 'like' | 'dislike' | 'none' }
    | {
        readonly kind: 'emotion-corrected';
        readonly estimateId: EstimateId | null;
        readonly label: CorrectionLabel;
        readonly point: AffectPoint;
        /** null or absent when nobody was sensed, or a simulator led. */
        readonly evidence?: CorrectionEvidence | null;
      }
    | { readonly kind: 'correction-undone'; readonly correctionAt: EpochMs }
    /** The listener's word on a song's mood: wins over the model's. null takes it back. */
    | { readonly kind: 'song-corrected'; readonly trackId: TrackId; readonly point: AffectPoint | null }
  );

/** Why a file of an import did not become a song. */
export interface ImportFailure {
  readonly id: string;
  readonly path: string;
  readonly code: ErrorCode;
  readonly at: EpochMs;
  /** Set when the song exists and only its analysis failed. */
  readonly trackId: TrackId | null;
}

/** The estimate a screen follows, and whether a simulator made it. */
export interface FusedEstimate extends EmotionEstimate<'fusion'> {
  readonly weights: Readonly<Record<string, UnitInterval>>;
  readonly simulated: boolean;
}
