import { AppError, codeOf, type ErrorCode } from '../../core/errors';
import type { AffectPoint, Candidate, ImportFailure, TrackDetail } from '../../core/music';
import type { Milliseconds, TrackId } from '../../core/units';
import type { Urgency } from '../../library/pipeline/backlog';
import type { ImportSummary, LibraryEvent, PipelineProgress } from '../../library/pipeline/pipelineEvents';
import { readCatalogue } from '../../storage/catalogue/readCatalogue';
import { listFailures } from '../../storage/rows/failures';
import type { ImportState, LibraryContract, LibraryRow, SimilarSong } from '../contracts';
import { CoverUrls } from './library/coverUrls';
import { CatalogueKeeper } from './library/catalogueKeeper';
import type { LibraryNeeds } from './library/libraryNeeds';
import { LibraryTable } from './library/libraryTable';
import type { FolderPicker, Pipeline } from './library/pipelineVerbs';
import { SongDetails } from './library/songDetails';
import { Timer } from '../timer';

export type { Pipeline };

/** While songs come in, the table is drawn anew this often at most; deriving lists and maps from it takes longer the more songs there are. */
const publishAfter = (songs: number): Milliseconds => Math.max(250, songs / 50);

/** The listener's songs and what is known of them; importing and analysing happens in the pipeline. */
export class LibraryStore implements LibraryContract {
  #rows = $state.raw<readonly LibraryRow[]>([]);
  #counts = $state.raw<LibraryContract['counts']>({ total: 0, analysed: 0, waiting: 0, failed: 0 });
  #importState = $state.raw<ImportState>({ kind: 'idle' });
  #failures = $state.raw<readonly ImportFailure[]>([]);
  #foldersToAllow = $state.raw<LibraryContract['foldersToAllow']>([]);
  #hasDemoLibrary = $state(false);
  #isReady = $state(false);
  readonly #table: LibraryTable;
  readonly #covers: CoverUrls;
  readonly #details: SongDetails;
  readonly #catalogue: CatalogueKeeper;
  readonly #publish = new Timer();
  readonly #pipeline: Pipeline | null;
  #candidates: { readonly of: readonly LibraryRow[]; readonly list: readonly Candidate[] } | null = null;

  constructor(private readonly needs: LibraryNeeds) {
    this.#table = new LibraryTable(needs.log);
    this.#catalogue = new CatalogueKeeper(needs.db);
    this.#covers = new CoverUrls(needs.db);
    this.#details = new SongDetails(needs.db);
    this.#pipeline = needs.createPipeline?.((event) => this.accept(event)) ?? null;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get rows(): readonly LibraryRow[] {
    return this.#rows;
  }

  get counts(): LibraryContract['counts'] {
    return this.#counts;
  }

  get importState(): ImportState {
    return this.#importState;
  }

  get failures(): readonly ImportFailure[] {
    return this.#failures;
  }

  get foldersToAllow(): LibraryContract['foldersToAllow'] {
    return this.#foldersToAllow;
  }

  get hasDemoLibrary(): boolean {
    return this.#hasDemoLibrary;
  }

  get canPickFolder(): boolean {
    return 'showDirectoryPicker' in globalThis;
  }

  /** The analysed songs, as the recommender takes them. */
  get candidates(): readonly Candidate[] {
    const of = this.#rows;
    if (this.#candidates?.of !== of) this.#candidates = { of, list: this.#table.candidates() };
    return this.#candidates.list;
  }

  /** Reads the stored library, then lets the pipeline go on where it ended. Call once the log is loaded. */
  async load(): Promise<void> {
    await this.#attempt(async () => {
      if (!this.needs.db) return;
      this.#failures = await listFailures(this.needs.db);
      const failedSongs = new Map<TrackId, ErrorCode>();
      for (const { trackId, code } of this.#failures) if (trackId !== null) failedSongs.set(trackId, code);
      await readCatalogue(this.needs.db, {
        take: (songs) => this.#table.fill(songs, failedSongs),
        startOver: () => this.#table.clear(),
      });
      this.#show();
    });
    this.#isReady = true;
    this.#catalogue.settled();
    await this.#attempt(async () => this.#pipeline?.start());
  }

  async importFolder(): Promise<void> {
    const { showDirectoryPicker } = globalThis as FolderPicker;
    await this.#import(async (pipeline) => {
      if (!showDirectoryPicker) throw new AppError('library/unreadable-file', 'this browser has no folder picker');
      return pipeline.importHandle(await showDirectoryPicker({ id: 'music', mode: 'read' }));
    });
  }

  importFiles(files: readonly File[]): Promise<void> {
    return this.#import((pipeline) => pipeline.importFiles(files));
  }

  importDrop(items: DataTransfer): Promise<void> {
    return this.#import((pipeline) => pipeline.importDrop(items));
  }

  async allowFolder(id: string): Promise<void> {
    await this.#attempt(async () => void (await this.#pipeline?.allowFolder(id)));
  }

  pause = (): void => this.#pipeline?.pause();

  resume = (): void => this.#pipeline?.resume();

  async retry(trackId: TrackId): Promise<void> {
    await this.#attempt(async () => {
      this.#waitAgain([trackId]);
      await this.#pipeline?.retry(trackId);
    });
  }

  async retryAll(): Promise<void> {
    await this.#attempt(async () => this.#waitAgain(await this.#need().retryAll()));
  }

  #waitAgain(trackIds: readonly TrackId[]): void {
    const again = new Set<TrackId | null>(trackIds);
    this.#failures = this.#failures.filter(({ trackId }) => trackId === null || !again.has(trackId));
    for (const trackId of trackIds) this.#table.setStatus(trackId, 'waiting', null);
    this.#show();
  }

  prioritise = (trackIds: readonly TrackId[], urgency?: Urgency): void => this.#pipeline?.prioritise(trackIds, urgency);

  exportAnalyses = async (format: 'json' | 'csv'): Promise<Blob> => this.#need().exportAnalyses(format);

  async importAnalyses(file: File): Promise<void> {
    await this.#attempt(async () => {
      this.needs.notices.inform('analysesImported', { params: { ...(await this.#need().importAnalyses(file)) } });
    });
  }

  async clearFailures(): Promise<void> {
    await this.#attempt(async () => {
      await this.#pipeline?.clearFailures();
      this.#failures = this.#failures.filter(({ trackId }) => trackId !== null);
    });
  }

  async remove(trackIds: readonly TrackId[]): Promise<void> {
    await this.#attempt(async () => this.#pipeline?.remove([...trackIds]));
  }

  async addDemoLibrary(): Promise<void> {
    await this.#attempt(async () => this.#need().addDemo());
  }

  async removeDemoLibrary(): Promise<void> {
    await this.#attempt(async () => this.#need().removeDemo());
  }

  row(trackId: TrackId): LibraryRow | null {
    const row = this.#rows[this.#table.placeOf(trackId)];
    return row?.track.id === trackId ? row : null;
  }

  async detail(trackId: TrackId): Promise<TrackDetail | null> {
    return (await this.#attempt(() => this.#details.detail(trackId))) ?? null;
  }

  async similar(trackId: TrackId, count: number): Promise<readonly SimilarSong[]> {
    return (await this.#attempt(() => this.#details.similar(trackId, count))) ?? [];
  }

  nearDuplicates = async () => (await this.#attempt(() => this.#details.nearDuplicates((id) => this.row(id)))) ?? [];

  correctMood(trackId: TrackId, point: AffectPoint | null): void {
    // A plain copy: what comes from the screen may be a proxy.
    const word = point && { valence: point.valence, arousal: point.arousal };
    this.needs.log.append({ kind: 'song-corrected', trackId, point: word, at: this.needs.now(), playlistId: null, affect: null });
  }

  modelAffect(trackId: TrackId): AffectPoint | null {
    return this.#table.modelAffect(trackId);
  }

  coverUrl(coverId: string): Promise<string | null> {
    return this.#covers.of(coverId);
  }

  /** A song was rated: its row says so. */
  applyRating(trackId: TrackId, rating: LibraryRow['rating']): void {
    if (this.#table.setRating(trackId, rating)) this.#show();
  }

  /** The log has a new word on a song's mood: its row follows. */
  applyCorrection(trackId: TrackId): void {
    if (this.#table.applyCorrection(trackId)) this.#show();
  }

  /** What the pipeline tells. */
  accept(event: LibraryEvent): void {
    switch (event.kind) {
      case 'progress':
        this.#progress(event.progress);
        return;
      case 'folders':
        this.#foldersToAllow = event.folders;
        return;
      case 'removed':
        this.#remove(event.trackIds);
        return;
      case 'failed':
        this.#failures = [event.failure, ...this.#failures.filter(({ id }) => id !== event.failure.id)];
        break;
      case 'analysed':
        this.#details.analysed(event.analysis);
        this.needs.onAnalysed?.();
        break;
      case 'track':
      case 'analysing':
        break;
    }
    this.#table.apply(event);
    this.#catalogue.changing();
    if (!this.#publish.isSet) this.#publish.set(publishAfter(this.#counts.total), () => this.#show());
  }

  #progress(progress: PipelineProgress): void {
    if (progress.kind === 'idle') this.#catalogue.settled();
    this.#importState = progress;
  }

  /** Ends the workers and frees what the covers hold. */
  stop(): void {
    this.#publish.clear();
    this.#catalogue.stop();
    this.#pipeline?.stop();
    this.#covers.release();
    this.#details.release();
  }

  #show(): void {
    this.#publish.clear();
    const { rows, counts, hasDemo } = this.#table.snapshot();
    this.#rows = rows;
    this.#counts = counts;
    this.#hasDemoLibrary = hasDemo;
    this.needs.onChanged?.();
  }

  #remove(trackIds: readonly TrackId[]): void {
    this.#table.remove(new Set(trackIds));
    this.#details.removed(trackIds);
    this.#catalogue.settled();
    this.#failures = this.#failures.filter(({ trackId }) => trackId === null || !trackIds.includes(trackId));
    this.#show();
    this.needs.onRemoved?.(trackIds);
  }

  #need(): Pipeline {
    if (!this.#pipeline) throw new AppError('storage/unavailable', 'there is no library without storage');
    return this.#pipeline;
  }

  async #import(work: (pipeline: Pipeline) => Promise<ImportSummary>): Promise<void> {
    await this.#attempt(async () => {
      const { queued, known } = await work(this.#need());
      if (queued === 0) this.needs.notices.inform(known > 0 ? 'nothingNew' : 'noMusic', { params: { n: known } });
      else this.needs.onImported?.();
    });
  }

  /** A closed picker is no failure. @returns null when it failed, which the user then was told */
  async #attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AbortError')) this.needs.notices.problem(codeOf(error));
      return null;
    }
  }
}
