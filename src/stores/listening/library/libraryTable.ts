import type { ErrorCode } from '../../../core/errors';
import type { AffectPoint, AnalysisRow, Candidate, Track } from '../../../core/music';
import type { TrackId } from '../../../core/units';
import type { LibraryEvent } from '../../../library/pipeline/pipelineEvents';
import type { CatalogueSong } from '../../../storage/catalogue/catalogueBlock';
import type { LibraryContract, LibraryRow } from './libraryContract';
import type { FeedbackLog, Rating } from '../../feedbackLog.svelte';

interface Snapshot {
  readonly rows: readonly LibraryRow[];
  readonly counts: LibraryContract['counts'];
  readonly hasDemo: boolean;
}

/** How sure a listener's own word on a song is, on the mood plane whose sides are 2 long. */
const WORD_SD = 0.1;

const correct = (analysis: AnalysisRow, { valence, arousal }: AffectPoint): AnalysisRow => ({
  ...analysis,
  affect: { valence, arousal, valenceSd: WORD_SD, arousalSd: WORD_SD },
});

/**
 * The rows behind the library store: changed in place while songs stream in, handed out as snapshots. Rows themselves are
 * never changed: who compares two snapshots sees by identity which songs differ. Counts and candidates are kept row by row, so
 * that an event costs the same in a library of 100,000 songs as in one of ten.
 */
export class LibraryTable {
  #rows: LibraryRow[] = [];
  /** [rows] what the recommender knows of each; null while it is not analysed. */
  #candidates: (Candidate | null)[] = [];
  #places = new Map<TrackId, number>();
  /** What the model said of the songs that the listener corrected. */
  readonly #models = new Map<TrackId, AnalysisRow>();
  #analysed = 0;
  #failed = 0;
  #demos = 0;

  constructor(private readonly log: Pick<FeedbackLog, 'ratings' | 'corrections'>) {}

  /** Puts stored songs in. */
  fill(songs: readonly CatalogueSong[], failedSongs: ReadonlyMap<TrackId, ErrorCode>): void {
    for (const { track, analysis } of songs) {
      const failure = failedSongs.get(track.id) ?? null;
      const status = failure !== null ? 'failed' : analysis ? 'analysed' : 'waiting';
      this.#put({ ...this.#fresh(track), ...this.#judge(track.id, analysis), status, failure });
    }
  }

  /** -1 for a song that is not here; a place may lie beyond the latest snapshot. */
  placeOf(trackId: TrackId): number {
    return this.#places.get(trackId) ?? -1;
  }

  apply(event: LibraryEvent): void {
    if (event.kind === 'track') {
      const before = this.#get(event.track.id);
      this.#put(before ? { ...before, track: event.track } : this.#fresh(event.track));
    } else if (event.kind === 'analysing') this.setStatus(event.trackId, 'analysing', null);
    else if (event.kind === 'analysed') {
      const { embedding: _, detail: __, ...analysis } = event.analysis;
      this.#change(analysis.trackId, { ...this.#judge(analysis.trackId, analysis), status: 'analysed', failure: null });
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

  /** The listener's word on a song's mood came or went. @returns whether the song is here */
  applyCorrection(trackId: TrackId): boolean {
    const analysis = this.#models.get(trackId) ?? this.#get(trackId)?.analysis ?? null;
    return this.#change(trackId, this.#judge(trackId, analysis));
  }

  remove(trackIds: ReadonlySet<TrackId>): void {
    const kept = this.#rows.filter(({ track }) => !trackIds.has(track.id));
    this.clear();
    for (const id of trackIds) this.#models.delete(id);
    for (const row of kept) this.#put(row);
  }

  clear(): void {
    this.#rows = [];
    this.#candidates = [];
    this.#places = new Map();
    this.#analysed = this.#failed = this.#demos = 0;
  }

  snapshot(): Snapshot {
    const total = this.#rows.length;
    const [analysed, failed] = [this.#analysed, this.#failed];
    return {
      rows: this.#rows.slice(),
      counts: { total, analysed, waiting: total - analysed - failed, failed },
      hasDemo: this.#demos > 0,
    };
  }

  candidates(): readonly Candidate[] {
    return this.#candidates.filter((candidate) => candidate !== null);
  }

  modelAffect(trackId: TrackId): AffectPoint | null {
    return this.#models.get(trackId)?.affect ?? null;
  }

  #fresh(track: Track): LibraryRow {
    const rating = this.log.ratings.get(track.id) ?? 'none';
    return { track, analysis: null, status: 'waiting', failure: null, rating, isCorrected: this.log.corrections.has(track.id) };
  }

  /** The analysis as the listener sees the song. */
  #judge(trackId: TrackId, analysis: AnalysisRow | null): Pick<LibraryRow, 'analysis' | 'isCorrected'> {
    const word = this.log.corrections.get(trackId);
    if (!word) this.#models.delete(trackId);
    else if (analysis) this.#models.set(trackId, analysis);
    return { analysis: analysis && word ? correct(analysis, word) : analysis, isCorrected: word !== undefined };
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
    const known = this.#places.get(row.track.id);
    const place = known ?? this.#rows.length;
    if (known === undefined) this.#places.set(row.track.id, place);
    else this.#count(this.#rows[place], -1);
    this.#count(row, 1);
    this.#candidates[place] = candidateOf(row, this.#candidates[place] ?? null);
    this.#rows[place] = row;
  }

  #count(row: LibraryRow | undefined, by: 1 | -1): void {
    if (row?.status === 'analysed') this.#analysed += by;
    if (row?.status === 'failed') this.#failed += by;
    if (row?.track.source.kind === 'demo') this.#demos += by;
  }
}

function candidateOf({ track, analysis }: LibraryRow, before: Candidate | null): Candidate | null {
  if (!analysis) return null;
  if (before && before.affect === analysis.affect && before.artist === track.artist) return before;
  return { trackId: track.id, affect: analysis.affect, tempo: analysis.tempo, loudness: analysis.loudness, artist: track.artist };
}
