import type { EpochMs, TrackId } from '../../core/units';
import type { QueuedFile, StoredHandle, SyncInDatabase } from '../../storage/db';
import { readTracks } from '../../storage/catalogue/readCatalogue';
import { readPages } from '../../storage/pages';
import { listHandles, putHandle } from '../../storage/rows/handles';
import { queueFiles } from '../../storage/rows/imports';
import { pairFiles, walkFolder, type LooseFile, type LooseSong } from '../files/collectFiles';
import type { ImportSummary } from './pipelineEvents';

export interface QueueOptions {
  readonly db: SyncInDatabase;
  readonly now: () => EpochMs;
  readonly newId: () => string;
  /** Called with rows that are stored already. */
  readonly onQueued: (rows: readonly QueuedFile[]) => void;
}

const BATCH = 200;

function queueRow(options: QueueOptions, row: Pick<QueuedFile, 'path' | 'handleId' | 'copy'>): QueuedFile {
  return { id: options.newId() as TrackId, piece: null, queuedAt: options.now(), attempts: 0, ...row };
}

async function store(rows: readonly QueuedFile[], { db, onQueued }: QueueOptions): Promise<void> {
  await queueFiles(db, rows);
  onQueued(rows);
}

/** The stored handle of a folder or file, a known one where the browser says it is the same entry. */
export async function rememberHandle(
  handle: FileSystemDirectoryHandle | FileSystemFileHandle,
  options: QueueOptions,
): Promise<StoredHandle> {
  const { db, now, newId } = options;
  for (const known of await listHandles(db)) {
    if (known.handle.kind === handle.kind && (await known.handle.isSameEntry(handle))) {
      const renewed: StoredHandle = { ...known, handle, listedAt: handle.kind === 'directory' ? null : now() };
      await putHandle(db, renewed);
      return renewed;
    }
  }
  const stored: StoredHandle = {
    id: newId(),
    name: handle.name,
    handle,
    addedAt: now(),
    listedAt: handle.kind === 'directory' ? null : now(),
  };
  await putHandle(db, stored);
  return stored;
}

/** Paths below a folder that are songs or queued already. */
async function knownPaths(db: SyncInDatabase, handleId: string): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for (const { source, path } of await readTracks(db)) if (source.kind === 'handle' && source.handleId === handleId) paths.add(path);
  for await (const page of readPages(db, 'imports')) for (const row of page) if (row.handleId === handleId) paths.add(row.path);
  return paths;
}

/** Queues the files of a stored folder that are new. A listing that a kill cut short is simply done again. */
export async function queueFolder(stored: StoredHandle, copy: boolean, options: QueueOptions): Promise<ImportSummary> {
  if (stored.handle.kind !== 'directory') return { queued: 0, ignored: 0, known: 0 };
  const listing = { ignored: 0 };
  const known = await knownPaths(options.db, stored.id);
  const summary = { queued: 0, known: 0 };
  let batch: QueuedFile[] = [];
  for await (const { path } of walkFolder(stored.handle, listing)) {
    if (known.has(path)) {
      summary.known++;
      continue;
    }
    batch.push(queueRow(options, { path, handleId: stored.id, copy }));
    summary.queued++;
    if (batch.length === BATCH) {
      await store(batch, options);
      batch = [];
    }
  }
  await store(batch, options);
  await putHandle(options.db, { ...stored, listedAt: options.now() });
  return { ...summary, ignored: listing.ignored };
}

/** Queues a single file that came with a handle. It is copied: asking again for each file after a reload would be a nuisance. */
export async function queueFileHandle(stored: StoredHandle, options: QueueOptions): Promise<ImportSummary> {
  await store([queueRow(options, { path: stored.name, handleId: stored.id, copy: true })], options);
  return { queued: 1, ignored: 0, known: 0 };
}

/**
 * Queues plain files.
 * @param keep remembers the file of a row for this session, before the row is queued
 */
export async function queueLooseFiles(
  files: readonly LooseFile[],
  keep: (id: TrackId, song: LooseSong) => void,
  options: QueueOptions,
): Promise<ImportSummary> {
  const { songs, ignored } = pairFiles(files);
  for (let from = 0; from < songs.length; from += BATCH) {
    const rows = songs.slice(from, from + BATCH).map(({ file, sidecar, path }) => {
      const row = queueRow(options, { path, handleId: null, copy: true });
      keep(row.id, { file, sidecar });
      return row;
    });
    await store(rows, options);
  }
  return { queued: songs.length, ignored, known: 0 };
}
