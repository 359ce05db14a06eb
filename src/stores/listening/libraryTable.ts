import type { ErrorCode } from '../../core/errors';
import type { Candidate } from '../../core/music';
import type { TrackId } from '../../core/units';
import type { LibraryEvent } from '../../library/pipeline/pipelineEvents';
import type { StoredAnalysis, SyncInDatabase } from '../../storage/db';
import { readPages } from '../../storage/pages';
import type { LibraryContract, LibraryRow } from '../contracts';
import type { Rating } from '../feedbackLog.svelte';

interface Known {
  readonly failedSongs: ReadonlyMap<TrackId, ErrorCode>;
  readonly ratings: ReadonlyMap<TrackId, Rating>;
}

interface Snapshot {
  readonly rows: readonly LibraryRow[];
  readonly counts: LibraryContract['counts'];
  readonly hasDemo: boolean;
}

/** The rows behind the library store: changed in place while songs stream in, handed out as snapshots. */
export class LibraryTable {
  #rows: LibraryRow[] = [];
  #places = new Map<TrackId, number>();

  async load(db: SyncInDatabase, { failedSongs, ratings }: Known): Promise<void> {
    const analyses = new Map<TrackId, StoredAnalysis>();
    for await (const page of readPages(db, 'analyses')) for (const analysis of page) analyses.set(analysis.trackId, analysis);
    for await (const page of readPages(db, 'tracks')) {
      for (const track of page) {
        const analysis = analyses.get(track.id) ?? null;
        const failure = failedSongs.get(track.id) ?? null;
        const status = failure !== null ? 'failed' : analysis ? 'analysed' : 'waiting';
        this.#put({ track, analysis, status, failure, rating: ratings.get(track.id) ?? 'none' });
      }
    }
  }

  /** -1 for a song that is not here; a place may lie beyond the latest snapshot. */
  placeOf(trackId: TrackId): number {
    return this.#places.get(trackId) ?? -1;
  }

  apply(event: LibraryEvent, ratings: ReadonlyMap<TrackId, Rating>): void {
    if (event.kind === 'track') {
      const { track } = event;
      const before = this.#get(track.id);
      const fresh: LibraryRow = { track, analysis: null, status: 'waiting', failure: null, rating: ratings.get(track.id) ?? 'none' };
      this.#put(before ? { ...before, track } : fresh);
    } else if (event.kind === 'analysing') this.setStatus(event.trackId, 'analysing', null);
    else if (event.kind === 'analysed') {
      const { embedding: _, detail: __, ...analysis } = event.analysis;
      this.#change(analysis.trackId, { analysis, status: 'analysed', failure: null });
    } else if (event.kind === 'failed' && event.failure.trackId !== null)
      this.setStatus(event.failure.trackId, 'failed', event.failure.code);
  }

  setStatus(trackId: TrackId, status: LibraryRow['status'], failure: ErrorCode | null): void {
    this.#change(trackId, { status, failure });
  }

  /** @returns whether the song is here */
  setRating(trackId: TrackId, rating: Rating): boolean {
    return this.#change(trackId, { rating });
  }

  remove(trackIds: ReadonlySet<TrackId>): void {
    this.#rows = this.#rows.filter(({ track }) => !trackIds.has(track.id));
    this.#places = new Map(this.#rows.map(({ track }, place) => [track.id, place]));
  }

  snapshot(): Snapshot {
    const rows = [...this.#rows];
    let analysed = 0;
    let failed = 0;
    let hasDemo = false;
    for (const { status, track } of rows) {
      if (status === 'analysed') analysed++;
      if (status === 'failed') failed++;
      if (track.source.kind === 'demo') hasDemo = true;
    }
    return { rows, counts: { total: rows.length, analysed, waiting: rows.length - analysed - failed, failed }, hasDemo };
  }

  candidates(): readonly Candidate[] {
    const list: Candidate[] = [];
    for (const { track, analysis } of this.#rows) {
      if (analysis)
        list.push({ trackId: track.id, affect: analysis.affect, tempo: analysis.tempo, loudness: analysis.loudness, artist: track.artist });
    }
    return list;
  }

  #get(trackId: TrackId): LibraryRow | undefined {
    return this.#rows[this.placeOf(trackId)];
  }

  #change(trackId: TrackId, change: Partial<LibraryRow>): boolean {
    const before = this.#get(trackId);
    if (before) this.#put({ ...before, ...change });
    return before !== undefined;
  }

  #put(row: LibraryRow): void {
    const place = this.#places.get(row.track.id);
    if (place !== undefined) this.#rows[place] = row;
    else this.#places.set(row.track.id, this.#rows.push(row) - 1);
  }
}
