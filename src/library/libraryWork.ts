import type { AnalysisResult } from './analyse';
import type { StatedTags } from '../core/music';
import type { FoundLyrics } from './lyrics/chooseLyrics';
import type { Milliseconds, Seconds, UnitInterval } from '../core/units';

/** What the tags of a file say; every field may be missing. */
export interface TrackTags {
  readonly title: string | null;
  readonly artist: string | null;
  readonly album: string | null;
  readonly albumArtist: string | null;
  readonly genre: string | null;
  readonly year: number | null;
  readonly trackNumber: number | null;
  readonly discNumber: number | null;
  readonly stated: StatedTags;
  readonly duration: Seconds | null;
}

export interface Cover {
  /** Hex sha256 of the picture as it lay in the file: an album's songs share one. */
  readonly id: string;
  readonly image: Blob;
}

export interface ReadRequest {
  readonly file: File;
  /** Name of the copy to make in the origin private file system; null leaves the bytes where they are. */
  readonly copyKey: string | null;
  /** The text file with lyrics that lies beside it. */
  readonly sidecar?: File | null;
}

export interface ReadResult {
  readonly bytes: number;
  readonly mimeType: string;
  /** Hex sha256 of the whole file. */
  readonly contentHash: string;
  readonly tags: TrackTags;
  readonly cover: Cover | null;
  readonly lyrics: FoundLyrics | null;
}

export interface AnalyseRequest {
  readonly file: File;
}

/** Decoded sound, for files that only the page can decode. */
export interface PcmRequest {
  /** One array per channel, [-1, 1]. */
  readonly channels: readonly Float32Array<ArrayBuffer>[];
  readonly sampleRate: number;
}

/** A song's analysis before it is tied to a track and a time. */
export interface AnalyseResult {
  readonly analysis: AnalysisResult;
  /** Decoding, features and model, as far as they can be told apart. */
  readonly stages: Readonly<Record<string, Milliseconds>>;
  readonly tookMs: Milliseconds;
}

export interface SynthesiseRequest {
  readonly piece: number;
  /** Name of the WAV in the origin private file system. */
  readonly copyKey: string;
}

export interface WorkOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: UnitInterval) => void;
}

export interface PreparedModel {
  readonly name: string;
  readonly version: string;
  /** E.g. 'wasm, 1 thread'. */
  readonly backend: string;
}

/** One worker as the pipeline sees it. Every call may reject with an AppError or an AbortError. */
export interface LibraryWork {
  /** Answers as soon as the worker runs, so that its start does not count against a file's time limit. */
  wake(): Promise<void>;
  /** Loads the model unless it is there, so that `analyse` starts at once. */
  prepare(options?: WorkOptions): Promise<PreparedModel>;
  read(request: ReadRequest, options?: WorkOptions): Promise<ReadResult>;
  /** Progress is the share of the song that was analysed. */
  analyse(request: AnalyseRequest, options?: WorkOptions): Promise<AnalyseResult>;
  analysePcm(request: PcmRequest, options?: WorkOptions): Promise<AnalyseResult>;
  synthesise(request: SynthesiseRequest, options?: WorkOptions): Promise<ReadResult>;
  /** Ends the worker at once, whatever it does; the next call starts a fresh one. */
  stop(): void;
}
