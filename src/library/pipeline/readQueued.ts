import { AppError, codeOf } from '../../core/errors';
import type { ImportFailure, Track, TrackSource } from '../../core/music';
import type { EpochMs, TrackId } from '../../core/units';
import type { QueuedFile, SyncInDatabase } from '../../storage/db';
import { openCopy, removeCopy } from '../../storage/opfs';
import { getAnalysis } from '../../storage/rows/analyses';
import { beginReading } from '../../storage/rows/imports';
import { commitFailure, commitRelocation, commitTrack, getTrack } from '../../storage/rows/tracks';
import { ANALYSER_VERSION } from '../analyse';
import { demoPiece } from '../demo/demoPieces';
import type { LooseSong } from '../files/collectFiles';
import { openSidecar, openStored, openTrackFile } from '../files/fileAccess';
import { lyricsKind } from '../lyrics/chooseLyrics';
import { describeTrack } from '../tags/describeTrack';
import type { LibraryWork, ReadResult } from '../libraryWork';
import { failureKind } from './failureKind';
import { withTimeLimit } from './timing/withTimeLimit';

export interface ReadQueuedOptions {
  readonly db: SyncInDatabase;
  readonly work: LibraryWork;
  readonly now: () => EpochMs;
  readonly signal: AbortSignal;
  /** Plain files of this session by the id of their queue entry. */
  readonly looseFiles: ReadonlyMap<TrackId, LooseSong>;
}

export type ReadOutcome =
  | { readonly kind: 'track'; readonly track: Track; readonly needsAnalysis: boolean }
  | { readonly kind: 'failure'; readonly failure: ImportFailure }
  /** The same file again, or gone from the queue. */
  | { readonly kind: 'nothing' };

/** A file that ended the tab or the worker this often is given up. */
const MAX_ATTEMPTS = 3;
const LIMIT_MS = 10_000;
/** A slow disk still reads so many bytes per ms. */
const BYTES_PER_MS = 5_000;

interface Opened {
  readonly file: File;
  /** Where to copy it; null when it stays where it is. */
  readonly copyKey: string | null;
  readonly sidecar: File | null;
}

/** The bytes of a queued file: of this session, from its copy that was finished before a kill, or through a handle. */
async function openQueued(row: QueuedFile, { db, looseFiles }: ReadQueuedOptions): Promise<Opened> {
  const loose = looseFiles.get(row.id);
  if (loose) return { ...loose, copyKey: row.id };
  const sidecar = row.handleId === null ? null : await openSidecar(db, row.handleId, row.path);
  const copy = row.copy ? await openCopy(row.id) : null;
  if (copy) return { file: new File([copy], row.path.split('/').at(-1) ?? row.path), copyKey: null, sidecar };
  if (row.handleId === null) throw new AppError('library/file-missing', 'the tab was closed before the file was copied');
  return { file: await openStored(db, row.handleId, row.path), copyKey: row.copy ? row.id : null, sidecar };
}

async function readBytes(row: QueuedFile, options: ReadQueuedOptions): Promise<ReadResult> {
  const { work, signal } = options;
  if (row.piece !== null) return work.synthesise({ piece: row.piece, copyKey: row.id }, { signal });
  const { file, copyKey, sidecar } = await openQueued(row, options);
  await work.wake();
  const limitMs = LIMIT_MS + file.size / BYTES_PER_MS;
  return withTimeLimit({ limitMs, code: 'library/unreadable-file', onExpired: () => work.stop() }, () =>
    work.read({ file, copyKey, sidecar }, { signal }),
  );
}

function sourceOf({ id, piece, copy, handleId }: QueuedFile): TrackSource {
  if (piece !== null) return { kind: 'demo', piece };
  return copy || handleId === null ? { kind: 'opfs', key: id } : { kind: 'handle', handleId };
}

function toTrack(row: QueuedFile, { tags, cover, lyrics, bytes, mimeType, contentHash }: ReadResult, addedAt: EpochMs): Track {
  return {
    id: row.id,
    ...describeTrack(row.piece === null ? tags : demoPiece(row.piece).tags, row.path),
    lyrics: lyricsKind(lyrics),
    path: row.path,
    bytes,
    mimeType,
    contentHash,
    coverId: cover?.id ?? null,
    source: sourceOf(row),
    addedAt,
  };
}

const lacksAnalysis = async (db: SyncInDatabase, id: TrackId): Promise<boolean> =>
  (await getAnalysis(db, id))?.analyserVersion !== ANALYSER_VERSION;

/** An entry that left the queue since it was listed: removed by the user, or read by a tab that has ended since. */
async function settleGone(id: TrackId, db: SyncInDatabase): Promise<ReadOutcome> {
  const track = await getTrack(db, id);
  return track ? { kind: 'track', track, needsAnalysis: await lacksAnalysis(db, id) } : { kind: 'nothing' };
}

/** Whether the bytes of a song are out of reach: moved, deleted, or behind a permission that is gone. */
async function isOutOfReach(track: Track, options: ReadQueuedOptions): Promise<boolean> {
  try {
    await openTrackFile(track, options);
    return false;
  } catch (error) {
    if (['library/file-missing', 'library/permission-lost'].includes(codeOf(error))) return true;
    throw error;
  }
}

/** A file whose bytes a song already has: the song follows it when it has lost its own, else it is a duplicate. */
async function settleDuplicate(row: QueuedFile, same: Track, options: ReadQueuedOptions): Promise<ReadOutcome> {
  const { db, now } = options;
  if (await isOutOfReach(same, options)) {
    const track = { ...same, source: sourceOf(row), path: row.path };
    await commitRelocation(db, row.id, track);
    return { kind: 'track', track, needsAnalysis: await lacksAnalysis(db, same.id) };
  }
  const isSameFile = same.path === row.path;
  const failure: ImportFailure = { id: row.id, path: row.path, code: 'library/duplicate', at: now(), trackId: null };
  await commitFailure(db, row.id, isSameFile ? null : failure);
  if (row.copy) await removeCopy(row.id);
  return isSameFile ? { kind: 'nothing' } : { kind: 'failure', failure };
}

async function fail(row: QueuedFile, error: unknown, { db, now }: ReadQueuedOptions): Promise<ReadOutcome> {
  const failure: ImportFailure = { id: row.id, path: row.path, code: codeOf(error), at: now(), trackId: null };
  await commitFailure(db, row.id, failure);
  if (row.copy) await removeCopy(row.id);
  return { kind: 'failure', failure };
}

/**
 * Turns one queued file into a song, or says why not; the queue entry goes in the same transaction.
 * @throws what is not the file's fault, see `failureKind`; the file stays queued then
 */
export async function readQueued(id: TrackId, options: ReadQueuedOptions): Promise<ReadOutcome> {
  const { db, now } = options;
  const row = await beginReading(db, id);
  if (!row) return settleGone(id, db);
  let result: ReadResult;
  try {
    if (row.attempts > MAX_ATTEMPTS) throw new AppError('library/unreadable-file', `given up after ${MAX_ATTEMPTS} attempts`);
    result = await readBytes(row, options);
  } catch (error) {
    if (failureKind(error) !== 'file') throw error;
    return fail(row, error, options);
  }
  const track = toTrack(row, result, now());
  const committed = await commitTrack(db, track, result.cover, result.lyrics && { ...result.lyrics, trackId: track.id });
  if (committed.kind === 'kept') return { kind: 'track', track, needsAnalysis: true };
  if (committed.kind === 'same') return settleDuplicate(row, committed.track, options);
  if (row.copy) await removeCopy(row.id);
  return { kind: 'nothing' };
}
