import type { Affect, EmotionEstimate, Observation } from '../core/emotion';
import type { ErrorCode } from '../core/errors';
import type { KeptRecording } from '../core/records/keptRecording';
import type { AffectPoint, CorrectionLabel, FusedEstimate, Playlist, RankedTrack, StrategyId } from '../core/music';
import type { Settings } from '../core/settings';
import type { EpochMs, Milliseconds, Seconds, TrackId, UnitInterval } from '../core/units';
import type { ModalityId } from '../modalities/registry';
import type { LibraryContract } from './listening/library/libraryContract';
import type { LyricsContract } from './listening/library/lyricsContract';
import type { BodyContract } from './sensing/body/bodyContract';
import type { ContextContract } from './sensing/context/contextContract';
import type { FusionContract } from './sensing/fusion/fusionContract';
import type { VoiceContract } from './sensing/voice/voiceContract';
import type { WordsContract } from './sensing/words/wordsContract';

export type { BodyContract, BodyDevice, BodyReadings, BodyTrace, BodyTraces, DemoDeviceId, PairedKind } from './sensing/body/bodyContract';
export { USUAL_BAUD_RATES } from './sensing/body/bodyContract';
export { REPLAY_SPEEDS } from './sensing/body/recordingContract';
export type { OpenedRecording, RecordedPart, RecordingContract, RecordingState } from './sensing/body/recordingContract';
export type { ChatContract, ChatMessage, ChatState, ChatSummary, WordsContract } from './sensing/words/wordsContract';
export type { LyricsContract, LyricsReading } from './listening/library/lyricsContract';
export { ACTIVITIES, COMPANIES, CONTEXT_PARTS, WEATHERS } from './sensing/context/contextContract';
export type { ContextContract, ContextPart, SaidSituation } from './sensing/context/contextContract';
export { FUSION_KINDS } from './sensing/fusion/fusionContract';
export type { FusedPart, FusedState, FusionContract, FusionKind, PersonalGain, ReliabilityBin } from './sensing/fusion/fusionContract';
export type { ImportState, LibraryContract, LibraryRow, SimilarSong } from './listening/library/libraryContract';

/**
 * What the screens may ask of the stores. Each interface is implemented by one rune class in this folder;
 * the screens see only these types, so they can be drawn and tested with fixtures.
 */

export type SenseState =
  | { readonly kind: 'off' }
  /** The model and its runtime are on the way. */
  | { readonly kind: 'loading'; readonly loadedBytes: number; readonly totalBytes: number }
  /** Waiting for the browser's permission or the first frame. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'live' }
  /** `retriable`: switching on again may help. */
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly retriable: boolean };

export interface FaceGeometry {
  /** Size of the picture that the numbers below refer to, px. */
  readonly width: number;
  readonly height: number;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
  /** [2n] x, y in px; empty when only the detector is there. */
  readonly landmarks: Float32Array;
  readonly faces: number;
}

export interface SenseView {
  readonly id: ModalityId;
  readonly state: SenseState;
  /** Bytes that switching on will load and that are not cached yet; 0 when all is here. */
  readonly bytesToLoad: number;
  readonly observation: Observation<ModalityId> | null;
  readonly framesPerSecond: number;
}

export interface SessionContract {
  readonly senses: readonly SenseView[];
  /** A sensor is live (camera light may be on). */
  readonly isSensing: boolean;
  /** The simulated listener runs. */
  readonly isSimulated: boolean;
  readonly cameras: readonly { readonly id: string; readonly label: string }[];
  readonly cameraId: string | null;
  /** For the preview only; never recorded. */
  readonly previewStream: MediaStream | null;
  readonly faceGeometry: FaceGeometry | null;
  start(id: ModalityId): Promise<void>;
  stop(id: ModalityId): void;
  /** Every sensor and the simulator. */
  stopAll(): void;
  chooseCamera(id: string): Promise<void>;
  startSimulation(): void;
  stopSimulation(): void;
}

export interface EmotionContract {
  readonly latest: FusedEstimate | null;
  /** Everything that was said has faded: still shown, greyed. */
  readonly isStale: boolean;
  /** The last five minutes, oldest first, at most one per second. */
  readonly trail: readonly FusedEstimate[];
  readonly bySense: ReadonlyMap<ModalityId, EmotionEstimate>;
  readonly correction: { readonly label: CorrectionLabel; readonly point: AffectPoint; readonly at: EpochMs } | null;
  /** The user's word: a point and a small sd while it lasts, else the estimate's; null when nothing is known. */
  readonly affect: Affect | null;
  correct(label: CorrectionLabel): void;
  undoCorrection(): void;
}

export interface PlaybackContract {
  readonly state: 'idle' | 'loading' | 'playing' | 'paused' | 'failed';
  readonly failure: ErrorCode | null;
  readonly trackId: TrackId | null;
  /** Why the current song was chosen; null when the user picked it. */
  readonly ranked: RankedTrack | null;
  readonly position: Seconds;
  readonly duration: Seconds;
  readonly volume: UnitInterval;
  readonly isMuted: boolean;
  /** What comes after the current song. */
  readonly upcoming: readonly RankedTrack[];
  readonly rating: 'like' | 'dislike' | 'none';
  playPlaylist(playlist: Playlist, index?: number): Promise<void>;
  playTracks(trackIds: readonly TrackId[], index?: number): Promise<void>;
  /** Right after the current song, or after what was queued before; a strategy goes on afterwards. Plays at once when nothing does. */
  enqueue(trackIds: readonly TrackId[], place: 'next' | 'last'): Promise<void>;
  toggle(): Promise<void>;
  stop(): void;
  seek(to: Seconds): void;
  /** @param songs how many songs on; 1, the one after the current, unless given */
  next(songs?: number): Promise<void>;
  previous(): Promise<void>;
  setVolume(volume: UnitInterval): void;
  toggleMute(): void;
  rate(rating: 'like' | 'dislike' | 'none'): void;
}

export interface RecommendationContract {
  readonly strategies: readonly StrategyId[];
  readonly strategy: StrategyId;
  readonly target: AffectPoint | null;
  /** Ten songs with reasons, or null while there is no song or no state to start from. */
  readonly playlist: Playlist | null;
  /** Why there is no playlist. */
  readonly missing: 'songs' | 'state' | null;
  setStrategy(id: StrategyId): void;
  /** The songs that lists are made of; null: the whole library. */
  readonly pool: ReadonlySet<TrackId> | null;
  setPool(trackIds: readonly TrackId[] | null): void;
  /** Also switches to the 'target' strategy. */
  setTarget(point: AffectPoint | null): void;
  refresh(): void;
}

export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'problem';
  /** Looked up in locales under `error`. */
  readonly code: ErrorCode | null;
  /** Key in locales under `notice` when there is no code. */
  readonly key: string | null;
  readonly params: Readonly<Record<string, string | number>>;
  readonly action: { readonly key: string; readonly run: () => void } | null;
}

export interface NoticesContract {
  readonly items: readonly Notice[];
  problem(code: ErrorCode, options?: { readonly params?: Notice['params']; readonly action?: Notice['action'] }): void;
  inform(key: string, options?: { readonly params?: Notice['params']; readonly action?: Notice['action'] }): void;
  dismiss(id: number): void;
}

export interface SettingsContract {
  readonly value: Settings;
  readonly isReady: boolean;
  update(patch: Partial<Settings>): Promise<void>;
}

export interface StorageContract {
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  readonly isPersisted: boolean | null;
  measure(): Promise<void>;
  askToPersist(): Promise<void>;
  /** Everything the app keeps, as one JSON file without audio. */
  exportAll(): Promise<Blob>;
  /** Databases, audio copies, model caches and settings; reloads the page. */
  eraseEverything(): Promise<void>;
}

export interface ModelView {
  readonly name: string;
  readonly version: string;
  readonly bytes: number;
  readonly isCached: boolean;
  readonly backend: string | null;
  readonly state: 'not-loaded' | 'loading' | 'ready' | 'failed';
  readonly failure: ErrorCode | null;
  readonly licence: string;
  readonly trainedOn: readonly string[];
  readonly metrics: readonly {
    readonly dataset: string;
    readonly split: string;
    readonly name: string;
    readonly value: number;
    readonly n: number;
  }[];
}

export interface StageLatency {
  readonly stage: string;
  readonly p50: Milliseconds;
  readonly p95: Milliseconds;
  readonly n: number;
}

export interface LabContract {
  readonly models: readonly ModelView[];
  readonly latencies: readonly StageLatency[];
  readonly runtime: {
    readonly crossOriginIsolated: boolean;
    readonly wasmThreads: number;
    readonly webgpu: string;
    readonly droppedFrames: number;
  };
  refresh(): Promise<void>;
}

export interface JournalEntry {
  readonly at: EpochMs;
  readonly kind: 'mood' | 'song' | 'correction' | 'recording' | 'transition';
  readonly point: AffectPoint | null;
  readonly label: string;
  readonly trackId: TrackId | null;
  readonly simulated: boolean;
  /** Of a recording that was kept. */
  readonly recording?: KeptRecording;
  /** Of a transition: the mood before it; `point` is the one after. */
  readonly before?: AffectPoint;
}

export interface JournalContract {
  readonly entries: readonly JournalEntry[];
  load(from: EpochMs, to: EpochMs): Promise<void>;
}

export interface UpdatesContract {
  /** A new version waits; it is applied at the next pause, never mid-song. */
  readonly isReady: boolean;
  readonly canInstall: boolean;
  readonly isOffline: boolean;
  apply(): void;
  install(): Promise<void>;
}

/** All stores, handed down by Svelte context from `main.ts`. */
export interface AppStores {
  readonly session: SessionContract;
  readonly body: BodyContract;
  readonly voice: VoiceContract;
  readonly words: WordsContract;
  readonly context: ContextContract;
  readonly emotion: EmotionContract;
  readonly fusion: FusionContract;
  readonly library: LibraryContract;
  readonly lyrics: LyricsContract;
  readonly playback: PlaybackContract;
  readonly recommendation: RecommendationContract;
  readonly notices: NoticesContract;
  readonly settings: SettingsContract;
  readonly storage: StorageContract;
  readonly lab: LabContract;
  readonly journal: JournalContract;
  readonly updates: UpdatesContract;
}
