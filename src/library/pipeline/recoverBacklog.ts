import type { SyncInDatabase } from '../../storage/db';
import { readTracks } from '../../storage/catalogue/readCatalogue';
import { collectOrphans } from '../../storage/opfs';
import { listAnalysed, listOutdated } from '../../storage/rows/analyses';
import { listFailures } from '../../storage/rows/failures';
import { listQueued } from '../../storage/rows/imports';
import type { Track } from '../../core/music';
import { ANALYSER_VERSION } from '../analyse';
import { demoPiece } from '../demo/demoPieces';
import type { AnalyseJob, Job, ReadJob } from './backlog';
import type { QueuedFile } from '../../storage/db';

export const readJob = ({ id, path, handleId }: QueuedFile): ReadJob => ({ kind: 'read', id, path, handleId });

export const analyseJob = ({ id, path, source }: Track, isStale: boolean): AnalyseJob => ({
  kind: 'analyse',
  id,
  path,
  handleId: source.kind === 'handle' ? source.handleId : null,
  isStale,
});

/** The name of a song's file in the origin private file system, or null when it lies in a folder of the user. */
export function copyKeyOf({ source }: Track): string | null {
  if (source.kind === 'handle') return null;
  return source.kind === 'opfs' ? source.key : demoPiece(source.piece).id;
}

/**
 * What an earlier session left to do (new songs before those that have an older analysis), and the end of what it left lying about: copies that belong to nothing.
 * Songs whose analysis failed wait for the user.
 */
export async function recoverBacklog(db: SyncInDatabase): Promise<readonly Job[]> {
  const jobs: Job[] = [];
  const stale: Job[] = [];
  await collectOrphans(async () => {
    const needed = new Set<string>();
    for (const row of await listQueued(db)) {
      needed.add(row.id);
      jobs.push(readJob(row));
    }
    const outdated = new Set<string>(await listOutdated(db, ANALYSER_VERSION));
    const settled = new Set<string>(await listAnalysed(db, ANALYSER_VERSION));
    for (const { trackId } of await listFailures(db)) if (trackId !== null) settled.add(trackId);
    for (const track of await readTracks(db)) {
      const key = copyKeyOf(track);
      if (key !== null) needed.add(key);
      if (settled.has(track.id)) continue;
      if (outdated.has(track.id)) stale.push(analyseJob(track, true));
      else jobs.push(analyseJob(track, false));
    }
    return (key) => needed.has(key);
  });
  return [...jobs, ...stale];
}
