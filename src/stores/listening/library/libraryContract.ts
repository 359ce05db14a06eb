import type { ErrorCode } from '../../../core/errors';
import type { AffectPoint, AnalysisRow, ImportFailure, Track, TrackDetail } from '../../../core/music';
import type { Bipolar, Seconds, TrackId } from '../../../core/units';

export type ImportState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running' | 'paused';
      readonly phase: 'reading' | 'analysing';
      readonly done: number;
      readonly total: number;
      readonly failed: number;
      readonly songsPerMinute: number | null;
      readonly secondsLeft: Seconds | null;
      readonly current: string | null;
      /** Songs to analyse that have an analysis of an older analyser, which counts until then. */
      readonly stale: number;
      /** Why it paused when the user did not ask for it. */
      readonly because: ErrorCode | null;
    };

/** A row of the library table; curve, waveform and lyrics are asked for when they are shown. */
export interface LibraryRow {
  readonly track: Track;
  readonly analysis: AnalysisRow | null;
  readonly status: 'analysed' | 'waiting' | 'analysing' | 'failed';
  readonly failure: ErrorCode | null;
  readonly rating: 'like' | 'dislike' | 'none';
  /** `analysis.affect` is the listener's word, not the model's. */
  readonly isCorrected: boolean;
}

export interface SimilarSong {
  readonly trackId: TrackId;
  /** Cosine of the embeddings: 1 alike, 0 unrelated. */
  readonly similarity: Bipolar;
}

export interface LibraryContract {
  /** False until the stored library was read once. */
  readonly isReady: boolean;
  readonly rows: readonly LibraryRow[];
  readonly counts: { readonly total: number; readonly analysed: number; readonly waiting: number; readonly failed: number };
  readonly importState: ImportState;
  /** Files that are not songs, newest first. */
  readonly failures: readonly ImportFailure[];
  /** Folders whose permission the browser forgot. */
  readonly foldersToAllow: readonly { readonly id: string; readonly name: string }[];
  readonly canPickFolder: boolean;
  /** Opens the folder picker where the browser has one. */
  importFolder(): Promise<void>;
  /** From `<input type=file>` (also webkitdirectory). */
  importFiles(files: readonly File[]): Promise<void>;
  importDrop(items: DataTransfer): Promise<void>;
  allowFolder(id: string): Promise<void>;
  pause(): void;
  resume(): void;
  retry(trackId: TrackId): Promise<void>;
  /** Every song whose analysis failed. */
  retryAll(): Promise<void>;
  /** These songs are analysed before others; the newest list of each urgency holds. Cheap: call it at every scroll. */
  prioritise(trackIds: readonly TrackId[], urgency?: 'asked' | 'queued' | 'visible'): void;
  /** JSON can be read back by `importAnalyses`, CSV is for tables. */
  exportAnalyses(format: 'json' | 'csv'): Promise<Blob>;
  /** Tells in a notice what was taken over; a file that is no export changes nothing. */
  importAnalyses(file: File): Promise<void>;
  clearFailures(): Promise<void>;
  remove(trackIds: readonly TrackId[]): Promise<void>;
  addDemoLibrary(): Promise<void>;
  removeDemoLibrary(): Promise<void>;
  readonly hasDemoLibrary: boolean;
  row(trackId: TrackId): LibraryRow | null;
  /** Curve, waveform, beats and spectral picture, cached; null while the song is not analysed. */
  detail(trackId: TrackId): Promise<TrackDetail | null>;
  /** The songs that sound most alike, the nearest first; none while this one is not analysed. */
  similar(trackId: TrackId, count: number): Promise<readonly SimilarSong[]>;
  /** Groups of songs that are one recording in several files; looked for when asked, in slices that leave the page free. */
  nearDuplicates(): Promise<readonly (readonly TrackId[])[]>;
  /** The listener's word on a song's mood wins over the model's, until null takes it back. */
  correctMood(trackId: TrackId, point: AffectPoint | null): void;
  /** What the model said of a song that the listener corrected; null for others. */
  modelAffect(trackId: TrackId): AffectPoint | null;
  /** Object URL of the cover, cached; null when the song has none. */
  coverUrl(coverId: string): Promise<string | null>;
}
