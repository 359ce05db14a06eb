import type { Milliseconds, Seconds, TrackId } from '../../../core/units';
import {
  compareWaveforms,
  groupPairs,
  SAME_WAVEFORM,
  searchAlikePairs,
  type AlikePair,
} from '../../../library/duplicates/findNearDuplicates';
import type { SyncInDatabase } from '../../../storage/db';
import { getDetail } from '../../../storage/rows/details';
import { loadEmbeddings } from '../../../storage/rows/embeddings/loadEmbeddings';

/** The page's thread is held for no longer than this at a time. */
const SLICE_MS: Milliseconds = 12;

/** Lets the page draw and answer before going on. */
const rest = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));

/** Runs a search in slices of the page's time. */
async function inSlices<T>(search: Generator<void, T>): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) {
      const step = search.next();
      if (step.done) return step.value;
    }
    await rest();
  }
}

/** Waveforms of the songs that are compared, each read once. */
class Waveforms {
  readonly #peaks = new Map<TrackId, Promise<Uint8Array>>();

  constructor(private readonly db: SyncInDatabase) {}

  of(trackId: TrackId): Promise<Uint8Array> {
    const known = this.#peaks.get(trackId) ?? getDetail(this.db, trackId).then((detail) => detail?.peaks ?? new Uint8Array(0));
    this.#peaks.set(trackId, known);
    return known;
  }
}

/**
 * Songs that are one recording in several files: they last as long, sound alike and have the same waveform.
 * @param durationOf how long a song lasts; null for one that left the library meanwhile
 * @returns groups of two and more
 * @throws AppError 'storage/…'
 */
export async function findNearDuplicates(
  db: SyncInDatabase,
  durationOf: (trackId: TrackId) => Seconds | null,
): Promise<readonly (readonly TrackId[])[]> {
  const { trackIds, dimension, vectors } = await loadEmbeddings(db);
  const durations = Float32Array.from(trackIds, (trackId) => durationOf(trackId) ?? 0);
  const pairs = await inSlices(searchAlikePairs({ durations, dimension, vectors }));
  const waveforms = new Waveforms(db);
  const same: AlikePair[] = [];
  for (const pair of pairs) {
    const [a, b] = [trackIds[pair.a], trackIds[pair.b]];
    if (a === undefined || b === undefined) continue;
    if (compareWaveforms(await waveforms.of(a), await waveforms.of(b)) >= SAME_WAVEFORM) same.push(pair);
  }
  return groupPairs(same).map((rows) => rows.flatMap((row) => trackIds[row] ?? []));
}
