import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { EmotionEstimate } from '../core/emotion';
import { AppError } from '../core/errors';
import type { KeptRecording } from '../core/records/keptRecording';
import type { AnalysisRow, FeedbackEvent, ImportFailure, Lyrics, Playlist, Track, TrackDetail } from '../core/music';
import type { Settings } from '../core/settings';
import type { EpochMs, PlaylistId, TrackId } from '../core/units';
import type { WrittenEntry } from '../core/records/writtenEntry';
import type { CatalogueBlock } from './catalogue/catalogueBlock';
import { migrate } from './migrations';
import { toStorageError } from './storageError';

/** Where a song's embedding lies in the `embeddings` store. */
export interface EmbeddingSlot {
  readonly block: number;
  readonly index: number;
}

export type StoredAnalysis = AnalysisRow & { readonly slot: EmbeddingSlot };

/** Up to 512 embeddings in one value: 10,000 songs load ten times faster than from a row each. */
export interface EmbeddingBlock {
  readonly id: number;
  readonly dimension: number;
  /** Owner of each slot; null where the song was removed. */
  readonly trackIds: readonly (TrackId | null)[];
  /** [512 × dimension], row-major; slots without owner hold zeros. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

export interface StoredCover {
  readonly id: string;
  readonly image: Blob;
}

/** A file or folder that the user granted. */
export interface StoredHandle {
  readonly id: string;
  readonly name: string;
  readonly handle: FileSystemDirectoryHandle | FileSystemFileHandle;
  readonly addedAt: EpochMs;
  /** When all files of the folder were queued; null while listing it. Always set for a file. */
  readonly listedAt: EpochMs | null;
}

/** A file that is still to be read. Its id becomes the track's id and the name of its copy. */
export interface QueuedFile {
  readonly id: TrackId;
  /** Path below the folder of `handleId`, or the file name. */
  readonly path: string;
  /** null: a plain file, readable in the session that queued it and from its copy afterwards. */
  readonly handleId: string | null;
  /** Set for a piece that the app makes itself. */
  readonly piece: number | null;
  readonly copy: boolean;
  readonly queuedAt: EpochMs;
  /** How often reading began; a file that ends the tab each time is given up. */
  readonly attempts: number;
}

/** How often the analysis of a song began without an end. */
export interface AnalysisAttempt {
  readonly trackId: TrackId;
  readonly attempts: number;
}

/** A song whose row came, changed or went since the catalogue's blocks were written. */
export interface CatalogueChange {
  readonly trackId: TrackId;
}

export interface SyncInSchema extends DBSchema {
  tracks: { key: TrackId; value: Track; indexes: { contentHash: string; addedAt: EpochMs } };
  analyses: { key: TrackId; value: StoredAnalysis; indexes: { analyserVersion: number } };
  embeddings: { key: number; value: EmbeddingBlock };
  details: { key: TrackId; value: TrackDetail };
  lyrics: { key: TrackId; value: Lyrics };
  catalogue: { key: number; value: CatalogueBlock };
  changes: { key: TrackId; value: CatalogueChange };
  covers: { key: string; value: StoredCover };
  handles: { key: string; value: StoredHandle };
  imports: { key: TrackId; value: QueuedFile };
  attempts: { key: TrackId; value: AnalysisAttempt };
  failures: { key: string; value: ImportFailure; indexes: { at: EpochMs } };
  feedback: { key: number; value: FeedbackEvent; indexes: { at: EpochMs } };
  estimates: { key: EpochMs; value: EmotionEstimate };
  recordings: { key: EpochMs; value: KeptRecording };
  entries: { key: EpochMs; value: WrittenEntry };
  playlists: { key: PlaylistId; value: Playlist; indexes: { createdAt: EpochMs } };
  settings: { key: 'settings'; value: Settings };
}

export type SyncInDatabase = IDBPDatabase<SyncInSchema>;

export const DATABASE_NAME = 'syncin';
/**
 * 1 first rows · 2 embeddings packed apart from the analyses · 3 playlists, and attempts at an analysis · 4 curves and waveforms
 * apart from the analyses, lyrics, what more the tags say, and the catalogue · 5 what recordings of the body measured ·
 * 6 what the user wrote.
 */
export const DATABASE_VERSION = 6;

export interface OpenDatabaseOptions {
  readonly name?: string;
  /** Another tab holds an older version open and does not let go. */
  readonly onBlocked?: (error: AppError) => void;
  /** The connection ended: another tab needs a newer version, or the browser closed it. Reload to go on. */
  readonly onClosed?: (error: AppError) => void;
  /** How long another tab may block before `openDatabase` gives up. */
  readonly blockedMs?: number;
}

/** Opens the database, bringing rows of older versions up to date; rejects with 'storage/*'. */
export async function openDatabase(options: OpenDatabaseOptions = {}): Promise<SyncInDatabase> {
  const { name = DATABASE_NAME, onBlocked, onClosed, blockedMs = 10_000 } = options;
  if (typeof indexedDB === 'undefined') throw new AppError('storage/unavailable', 'this browser has no IndexedDB here');
  let giveUp: (error: AppError) => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let broken: AppError | null = null;
  const blockedForGood = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const opening = openDB<SyncInSchema>(name, DATABASE_VERSION, {
    upgrade(db, oldVersion, _newVersion, transaction) {
      migrate(db, transaction, oldVersion).catch((cause: unknown) => {
        broken = new AppError('storage/corrupt', `rows of version ${oldVersion} could not be brought up to date`, { cause });
        transaction.done.catch(() => undefined); // told by `broken`
        transaction.abort(); // keeps the old version whole
      });
    },
    blocked(oldVersion) {
      const error = new AppError('storage/upgrade-blocked', `another tab holds version ${oldVersion}`);
      onBlocked?.(error);
      timer = setTimeout(() => giveUp(error), blockedMs);
    },
    blocking(_oldVersion, newVersion, event) {
      (event.target as IDBDatabase).close();
      onClosed?.(new AppError('storage/upgrade-blocked', `another tab opens version ${newVersion ?? 0}`));
    },
    terminated: () => onClosed?.(new AppError('storage/unavailable', 'the browser closed the database')),
  });
  try {
    return await Promise.race([opening, blockedForGood]);
  } catch (error) {
    // Should it open after all, nobody would use it, and it would block others.
    opening.then(
      (db) => db.close(),
      () => undefined,
    );
    throw broken ?? toStorageError(error);
  } finally {
    clearTimeout(timer);
  }
}
