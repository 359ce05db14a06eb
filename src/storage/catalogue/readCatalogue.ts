import type { TrackId } from '../../core/units';
import type { StoredAnalysis, SyncInDatabase } from '../db';
import { readPages } from '../pages';
import type { CatalogueSong } from './catalogueBlock';

/** All songs, a page at a time. */
export async function* readCatalogue(db: SyncInDatabase): AsyncGenerator<readonly CatalogueSong[]> {
  const analyses = new Map<TrackId, StoredAnalysis>();
  for await (const page of readPages(db, 'analyses')) for (const analysis of page) analyses.set(analysis.trackId, analysis);
  for await (const page of readPages(db, 'tracks')) yield page.map((track) => ({ track, analysis: analyses.get(track.id) ?? null }));
}
