import type { EpochMs, TrackId } from '../core/units';
import type { SyncInDatabase } from '../storage/db';
import type { LibraryWork } from './libraryWork';
import type { ImportSummary, LibraryEvent, PipelineProgress } from './pipelineEvents';

export interface LibraryPipelineOptions {
  readonly db: SyncInDatabase;
  /** One per core that may be used; at least one. */
  readonly workers: readonly LibraryWork[];
  readonly now: () => EpochMs;
  readonly onEvent: (event: LibraryEvent) => void;
  /** Copy files of folders too, instead of keeping a handle. */
  readonly copyFiles: () => boolean;
}

/**
 * Reads files into the library and analyses every song that has no current analysis. All that must survive a closed tab is
 * stored before work begins and each result is one transaction, so a new pipeline on the same database goes on where an
 * old one ended.
 */
export interface LibraryPipeline {
  /** Cleans up after a kill, resumes listing, reading and analysing. Waits while another tab works on the library. */
  start(): Promise<void>;
  /** A folder (kept by handle) or a single file (copied). Adding the same folder again reads only what is new. */
  importHandle(handle: FileSystemDirectoryHandle | FileSystemFileHandle): Promise<ImportSummary>;
  /** Plain files can be read in this session only, so they are copied. */
  importFiles(files: readonly File[]): Promise<ImportSummary>;
  /** Must be called inside the drop event: the browser empties the DataTransfer afterwards. */
  importDrop(transfer: DataTransfer): Promise<ImportSummary>;
  /** Asks the browser again; needs a user gesture. False when the user said no. */
  allowFolder(handleId: string): Promise<boolean>;
  pause(): void;
  resume(): void;
  /** Analyses a failed song again. */
  retry(trackId: TrackId): Promise<void>;
  clearFailures(): Promise<void>;
  /** Forgets songs with their analyses, copies and covers; files in folders stay untouched. */
  remove(trackIds: readonly TrackId[]): Promise<void>;
  addDemo(): Promise<void>;
  removeDemo(): Promise<void>;
  readonly progress: PipelineProgress;
  /** Ends the workers; stored work stays queued. */
  stop(): void;
}
