import type { Track, TrackAnalysis } from '../../core/music';
import type { EpochMs, TrackId } from '../../core/units';
import type { SyncInDatabase } from '../../storage/db';
import { readPages } from '../../storage/pages';
import { getAnalysis } from '../../storage/rows/analyses';
import { getDetail } from '../../storage/rows/details';
import { loadEmbeddings } from '../../storage/rows/embeddings/loadEmbeddings';
import { findTrackByHash } from '../../storage/rows/tracks';
import { commitAnalysis } from '../../storage/rows/analyses';
import { ANALYSER_VERSION } from '../analyse';
import { FOOT, readAnalyses, writeHead, writeSong } from './analysesFile';
import { toTableRow } from './analysesTable';

export type ExportFormat = 'json' | 'csv';

/** Text is handed to the browser in pieces of this size, which it may put on the disk. */
const PIECE = 4_000_000;

async function* readAnalysed(db: SyncInDatabase): AsyncGenerator<readonly [Track, TrackAnalysis]> {
  const { trackIds, dimension, vectors } = await loadEmbeddings(db);
  const rows = new Map(trackIds.map((id, row) => [id, row]));
  for await (const page of readPages(db, 'tracks')) {
    for (const track of page) {
      const [stored, detail] = await Promise.all([getAnalysis(db, track.id), getDetail(db, track.id)]);
      const row = rows.get(track.id);
      if (!stored || !detail || row === undefined) continue;
      const { slot: _, ...analysis } = stored;
      yield [track, { ...analysis, detail, embedding: vectors.slice(row * dimension, (row + 1) * dimension) }];
    }
  }
}

/** Gathers text into pieces of a file. */
class Pieces {
  readonly #parts: Blob[] = [];
  #text: string[] = [];
  #length = 0;

  add(text: string): void {
    this.#text.push(text);
    this.#length += text.length;
    if (this.#length > PIECE) this.#close();
  }

  #close(): void {
    this.#parts.push(new Blob(this.#text));
    this.#text = [];
    this.#length = 0;
  }

  finish(type: string): Blob {
    this.#close();
    return new Blob(this.#parts, { type });
  }
}

/** All analysed songs as a file for other programs and other devices; JSON can be read back, CSV is for tables. */
export async function exportAnalyses(db: SyncInDatabase, format: ExportFormat, now: EpochMs): Promise<Blob> {
  const pieces = new Pieces();
  if (format === 'json') pieces.add(writeHead(ANALYSER_VERSION, now));
  let isFirst = true;
  for await (const [track, analysis] of readAnalysed(db)) {
    if (format === 'json') pieces.add(`${isFirst ? '' : ',\n'}${writeSong(track, analysis)}`);
    else {
      const { names, cells } = toTableRow(track, analysis);
      // Excel takes a file without this mark for CP1252.
      pieces.add(`${isFirst ? `\ufeff${names}\r\n` : ''}${cells}\r\n`);
    }
    isFirst = false;
  }
  if (format === 'json') pieces.add(`${isFirst ? '' : '\n'}${FOOT}`);
  return pieces.finish(format === 'json' ? 'application/json' : 'text/csv;charset=utf-8');
}

export interface AnalysesImport {
  readonly imported: number;
  /** Songs of this library that are analysed already. */
  readonly known: number;
  /** Songs that this library does not have. */
  readonly unknown: number;
  /** Analyses of another version of the analyser, which would be done again anyway. */
  readonly outdated: number;
}

/**
 * Takes over analyses of songs that the library has and that wait. A file with one wrong field changes nothing.
 * @param onImported told of each, once it is stored
 * @throws AppError 'library/analyses-invalid'
 */
export async function importAnalyses(
  db: SyncInDatabase,
  file: Blob,
  onImported: (track: Track, analysis: TrackAnalysis) => void,
): Promise<AnalysesImport> {
  for await (const _ of readAnalyses(file)); // looks at every field before the first is stored
  const counts = { imported: 0, known: 0, unknown: 0, outdated: 0 };
  const settle = async (contentHash: string, analysis: Omit<TrackAnalysis, 'trackId'>): Promise<keyof typeof counts> => {
    if (analysis.analyserVersion !== ANALYSER_VERSION) return 'outdated';
    const trackId: TrackId | undefined = (await findTrackByHash(db, contentHash))?.id;
    if (trackId === undefined) return 'unknown';
    if ((await getAnalysis(db, trackId))?.analyserVersion === ANALYSER_VERSION) return 'known';
    const whole = { ...analysis, trackId };
    const track = await commitAnalysis(db, whole);
    if (!track) return 'unknown';
    onImported(track, whole);
    return 'imported';
  };
  for await (const { contentHash, analysis } of readAnalyses(file)) counts[await settle(contentHash, analysis)]++;
  return counts;
}
