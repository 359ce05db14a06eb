import type { ErrorCode } from '../../core/errors';
import type { ImportFailure, Track, TrackAnalysis } from '../../core/music';
import type { Seconds, TrackId } from '../../core/units';

/** Fits `ImportState` of the stores' contract. */
export type PipelineProgress =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running' | 'paused';
      readonly phase: 'reading' | 'analysing';
      /** Of the current phase, since the pipeline last was idle; failures count as done. */
      readonly done: number;
      readonly total: number;
      readonly failed: number;
      /** null until three songs are through. */
      readonly songsPerMinute: number | null;
      readonly secondsLeft: Seconds | null;
      /** Path of the file in hand. */
      readonly current: string | null;
      /** Songs to analyse that have an analysis of an older analyser, which counts until then. */
      readonly stale: number;
      /** Why it paused when the user did not ask for it. */
      readonly because: ErrorCode | null;
    };

export interface FolderToAllow {
  /** Of the stored handle. */
  readonly id: string;
  readonly name: string;
}

export type LibraryEvent =
  /** At most four times a second. */
  | { readonly kind: 'progress'; readonly progress: PipelineProgress }
  /** New, or its duration or place changed. */
  | { readonly kind: 'track'; readonly track: Track }
  | { readonly kind: 'analysing'; readonly trackId: TrackId }
  /** `embedding` is inside the analysis here; the stored row has none. */
  | { readonly kind: 'analysed'; readonly analysis: TrackAnalysis }
  | { readonly kind: 'failed'; readonly failure: ImportFailure }
  | { readonly kind: 'removed'; readonly trackIds: readonly TrackId[] }
  /** Folders whose permission the browser forgot; the whole list each time. */
  | { readonly kind: 'folders'; readonly folders: readonly FolderToAllow[] };

export interface ImportSummary {
  /** Files queued to be read. */
  readonly queued: number;
  /** Pictures, texts, playlists, hidden files: not looked at. */
  readonly ignored: number;
  /** Files of a folder that the library holds already. */
  readonly known: number;
}
