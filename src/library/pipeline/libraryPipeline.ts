import type { EpochMs, TrackId } from '../../core/units';
import type { QueuedFile, StoredHandle, SyncInDatabase } from '../../storage/db';
import { removeCopy } from '../../storage/opfs';
import { forgetAttempts } from '../../storage/rows/analyses';
import { clearFileFailures, listFailures, removeFailure } from '../../storage/rows/failures';
import { getHandle, listHandles, pruneHandles } from '../../storage/rows/handles';
import { queueFiles } from '../../storage/rows/imports';
import { getTrack, listTrackIds, removeTracks } from '../../storage/rows/tracks';
import { DEMO_PIECES } from '../demo/demoPieces';
import { decodeOnPage } from '../decodeOnPage';
import { exportAnalyses, importAnalyses, type AnalysesImport, type ExportFormat } from '../exchange/exportAnalyses';
import { loosePath, takeDrop, type LooseFile, type LooseSong } from '../files/collectFiles';
import { askPermission, isAllowed } from '../files/fileAccess';
import type { LibraryWork, PcmRequest } from '../libraryWork';
import type { Job, Urgency } from './backlog';
import { Crew } from './crew';
import { holdLock } from './timing/holdLock';
import type { FolderToAllow, ImportSummary, LibraryEvent, PipelineProgress } from './pipelineEvents';
import { queueFileHandle, queueFolder, queueLooseFiles, rememberHandle, type QueueOptions } from './queueSources';
import { findBattery, watchBattery, type Battery } from './watchBattery';
import { analyseJob, copyKeyOf, readJob, recoverBacklog } from './recoverBacklog';

export interface LibraryPipelineOptions {
  readonly db: SyncInDatabase;
  /** One per core that may be used; at least one. */
  readonly workers: readonly LibraryWork[];
  readonly now: () => EpochMs;
  readonly onEvent: (event: LibraryEvent) => void;
  /** Copy files of folders too, instead of keeping a handle. */
  readonly copyFiles: () => boolean;
  readonly newId?: () => string;
  readonly decode?: (file: File) => Promise<PcmRequest>;
  /** Where the battery's state comes from; null for none. */
  readonly battery?: () => Promise<Battery | null>;
  /** Keeps two tabs from doing the same work; null for none. */
  readonly locks?: LockManager | null;
}

const LOCK = 'syncin-library';

const sum = (summaries: readonly ImportSummary[]): ImportSummary => ({
  queued: summaries.reduce((total, { queued }) => total + queued, 0),
  ignored: summaries.reduce((total, { ignored }) => total + ignored, 0),
  known: summaries.reduce((total, { known }) => total + known, 0),
});

/**
 * Reads files into the library and analyses every song that has no current analysis. All that must survive a closed tab is
 * stored before work begins and each result is one transaction, so a new pipeline on the same database goes on where an
 * old one ended.
 */
export class LibraryPipeline {
  readonly #db: SyncInDatabase;
  readonly #crew: Crew;
  readonly #queue: QueueOptions;
  /** Plain files can be read in the session that got them only. */
  readonly #looseFiles = new Map<TrackId, LooseSong>();
  #isStopped = false;
  #releaseLock: () => void = () => undefined;
  #unwatchBattery: () => void = () => undefined;

  constructor(private readonly options: LibraryPipelineOptions) {
    const { db, now, workers, onEvent, newId = () => crypto.randomUUID(), decode = decodeOnPage } = options;
    this.#db = db;
    this.#queue = { db, now, newId, onQueued: (rows) => this.#crew.add(rows.map(readJob)) };
    this.#crew = new Crew({
      db,
      workers,
      now,
      onEvent,
      looseFiles: this.#looseFiles,
      decodeOnPage: decode,
      onBlocked: () => this.#tellFolders(),
      onIdle: () => pruneHandles(db),
    });
  }

  get progress(): PipelineProgress {
    return this.#crew.progress;
  }

  /** Goes on where the last session ended. While another tab does so, this one waits for it to close; the promise does not. */
  async start(): Promise<void> {
    const { locks = (navigator as { locks?: LockManager }).locks ?? null } = this.options;
    const release = locks && (await holdLock(locks, LOCK, false));
    if (locks && !release) {
      void holdLock(locks, LOCK, true).then((later) => this.#takeOver(later));
      return;
    }
    await this.#takeOver(release);
  }

  async #takeOver(release: (() => void) | null): Promise<void> {
    this.#releaseLock = release ?? (() => undefined);
    if (this.#isStopped) return this.#releaseLock();
    await this.#followBattery();
    const handles = await listHandles(this.#db);
    for (const { id, handle } of handles) if (!(await isAllowed(handle))) this.#crew.backlog.block(id);
    this.#crew.add(await recoverBacklog(this.#db));
    await this.#tellFolders();
    for (const stored of handles) if (stored.listedAt === null && (await isAllowed(stored.handle))) await this.#list(stored);
  }

  /** On a low battery one worker goes on alone. */
  async #followBattery(): Promise<void> {
    const { battery = findBattery, workers } = this.options;
    this.#unwatchBattery = watchBattery(await battery(), (isLow) => this.#crew.limit(isLow ? 1 : workers.length));
  }

  /** A folder (kept by handle) or a single file (copied). Adding the same folder again reads only what is new. */
  async importHandle(handle: FileSystemDirectoryHandle | FileSystemFileHandle): Promise<ImportSummary> {
    const stored = await rememberHandle(handle, this.#queue);
    this.#crew.backlog.unblock(stored.id);
    return handle.kind === 'directory' ? this.#list(stored) : queueFileHandle(stored, this.#queue);
  }

  /** From `<input type=file>`, also with webkitdirectory. Plain files are copied: a reload would lose them. */
  importFiles(files: readonly File[]): Promise<ImportSummary> {
    return this.#importLoose(files.map((file) => ({ file, path: loosePath(file) })));
  }

  /** Call it inside the drop event: the browser empties the DataTransfer afterwards. */
  async importDrop(transfer: DataTransfer): Promise<ImportSummary> {
    const { handles, files } = await takeDrop(transfer);
    const summaries = [await this.#importLoose(files)];
    for (const handle of handles) summaries.push(await this.importHandle(handle));
    return sum(summaries);
  }

  /** Asks the browser again; needs a user gesture. False when the user said no. */
  async allowFolder(handleId: string): Promise<boolean> {
    const stored = await getHandle(this.#db, handleId);
    if (!stored || !(await askPermission(stored.handle))) return false;
    this.#crew.backlog.unblock(handleId);
    await this.#tellFolders();
    this.#crew.resume();
    if (stored.listedAt === null) await this.#list(stored);
    return true;
  }

  pause(): void {
    this.#crew.pause();
  }

  /** Also after the pipeline paused by itself: it tries again. */
  resume(): void {
    this.#crew.resume();
  }

  /** These songs come before others of their kind; the newest list of each urgency holds. Cheap to call often. */
  prioritise(trackIds: readonly TrackId[], urgency: Urgency = 'visible'): void {
    this.#crew.backlog.prioritise(urgency, trackIds);
  }

  /** Analyses a failed song again, before all others. */
  async retry(trackId: TrackId): Promise<void> {
    await this.#retry([trackId]);
    this.prioritise([trackId], 'asked');
  }

  /** Analyses every failed song again. @returns which */
  async retryAll(): Promise<readonly TrackId[]> {
    const ids = (await listFailures(this.#db)).flatMap(({ trackId }) => trackId ?? []);
    await this.#retry(ids);
    return ids;
  }

  async #retry(trackIds: readonly TrackId[]): Promise<void> {
    const jobs: Job[] = [];
    for (const id of trackIds) {
      const track = await getTrack(this.#db, id);
      if (track) jobs.push(analyseJob(track, false));
      await removeFailure(this.#db, id);
      await forgetAttempts(this.#db, id);
    }
    this.#crew.add(jobs);
  }

  /** Analyses of the songs that wait, from a file that `exportAnalyses` wrote; one wrong field, and nothing changes. */
  importAnalyses(file: Blob): Promise<AnalysesImport> {
    return importAnalyses(this.#db, file, (track, analysis) => {
      if (!this.#crew.backlog.isInHand(track.id)) this.#crew.backlog.drop(track.id);
      this.options.onEvent({ kind: 'track', track });
      this.options.onEvent({ kind: 'analysed', analysis });
    });
  }

  exportAnalyses(format: ExportFormat): Promise<Blob> {
    return exportAnalyses(this.#db, format, this.options.now());
  }

  clearFailures(): Promise<void> {
    return clearFileFailures(this.#db);
  }

  /** Forgets songs with their analyses, copies and covers; files in folders stay untouched. */
  async remove(trackIds: readonly TrackId[]): Promise<void> {
    for (const id of trackIds) this.#crew.backlog.drop(id);
    for (const track of await removeTracks(this.#db, trackIds)) {
      const key = copyKeyOf(track);
      if (key !== null) await removeCopy(key);
    }
    await pruneHandles(this.#db);
    this.options.onEvent({ kind: 'removed', trackIds });
  }

  /** Queues the pieces that are not there. */
  async addDemo(): Promise<void> {
    const there = new Set<string>(await listTrackIds(this.#db));
    const rows = DEMO_PIECES.map(({ id, fileName }, piece): QueuedFile => {
      return { id, path: fileName, handleId: null, piece, copy: true, queuedAt: this.options.now(), attempts: 0 };
    }).filter(({ id }) => !there.has(id));
    await queueFiles(this.#db, rows);
    this.#crew.add(rows.map(readJob));
  }

  async removeDemo(): Promise<void> {
    await this.remove(DEMO_PIECES.map(({ id }) => id));
  }

  /** Ends the workers; what is queued stays queued. */
  stop(): void {
    this.#isStopped = true;
    this.#unwatchBattery();
    this.#crew.stop();
    this.#releaseLock();
  }

  #list(stored: StoredHandle): Promise<ImportSummary> {
    return queueFolder(stored, this.options.copyFiles(), this.#queue);
  }

  #importLoose(files: readonly LooseFile[]): Promise<ImportSummary> {
    return queueLooseFiles(files, (id, song) => this.#looseFiles.set(id, song), this.#queue);
  }

  async #tellFolders(): Promise<void> {
    const blocked = new Set(this.#crew.backlog.blockedHandles);
    const folders = (await listHandles(this.#db)).filter(({ id }) => blocked.has(id)).map(({ id, name }): FolderToAllow => ({ id, name }));
    this.options.onEvent({ kind: 'folders', folders });
  }
}
