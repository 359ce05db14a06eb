import { AppError, codeOf } from '../../core/errors';
import type { ImportFailure, Track, TrackAnalysis } from '../../core/music';
import type { EpochMs, TrackId } from '../../core/units';
import type { SyncInDatabase } from '../../storage/db';
import { beginAnalysis, commitAnalysis } from '../../storage/rows/analyses';
import { putFailure } from '../../storage/rows/failures';
import { getTrack } from '../../storage/rows/tracks';
import { openTrackFile } from '../files/fileAccess';
import type { AnalyseResult, LibraryWork, PcmRequest } from '../libraryWork';
import { failureKind } from './failureKind';
import { withTimeLimit } from './timing/withTimeLimit';

export interface AnalyseQueuedOptions {
  readonly db: SyncInDatabase;
  readonly work: LibraryWork;
  readonly now: () => EpochMs;
  readonly signal: AbortSignal;
  /** Decodes on the page what the worker cannot; one song at a time. */
  readonly decodeOnPage: (file: File) => Promise<PcmRequest>;
  readonly onStarted: (trackId: TrackId) => void;
}

export type AnalyseOutcome =
  | { readonly kind: 'analysed'; readonly track: Track; readonly analysis: TrackAnalysis }
  | { readonly kind: 'failure'; readonly failure: ImportFailure }
  /** Removed meanwhile. */
  | { readonly kind: 'nothing' };

const MAX_ATTEMPTS = 3;
const LIMIT_MS = 10_000;

async function analyse(file: File, { work, signal, decodeOnPage }: AnalyseQueuedOptions): Promise<AnalyseResult> {
  const limit = { limitMs: LIMIT_MS, code: 'library/decode-failed', onExpired: () => work.stop() } as const;
  try {
    return await withTimeLimit(limit, (alive) => work.analyse({ file }, { signal, onProgress: alive }));
  } catch (error) {
    if (codeOf(error) !== 'library/decode-failed') throw error;
    const pcm = await decodeOnPage(file);
    await work.prepare({ signal }); // the time limit may have ended the worker and its model
    return withTimeLimit(limit, (alive) => work.analysePcm(pcm, { signal, onProgress: alive }));
  }
}

/**
 * Analyses one song and keeps the result, or keeps why it failed.
 * @throws what is not the song's fault, see `failureKind`; the song stays without analysis then
 */
export async function analyseQueued(trackId: TrackId, options: AnalyseQueuedOptions): Promise<AnalyseOutcome> {
  const { db, work, now, signal, onStarted } = options;
  const track = await getTrack(db, trackId);
  if (!track) return { kind: 'nothing' };
  await work.prepare({ signal });
  const attempts = await beginAnalysis(db, trackId);
  onStarted(trackId);
  try {
    if (attempts > MAX_ATTEMPTS) throw new AppError('library/decode-failed', `given up after ${MAX_ATTEMPTS} attempts`);
    const { analysis, tookMs } = await analyse(await openTrackFile(track, { db, work }), options);
    const stored: TrackAnalysis = { ...analysis, trackId, analysedAt: now(), tookMs };
    const updated = await commitAnalysis(db, stored);
    return updated ? { kind: 'analysed', track: updated, analysis: stored } : { kind: 'nothing' };
  } catch (error) {
    if (failureKind(error) !== 'file') throw error;
    const failure: ImportFailure = { id: trackId, path: track.path, code: codeOf(error), at: now(), trackId };
    await putFailure(db, failure);
    return { kind: 'failure', failure };
  }
}
