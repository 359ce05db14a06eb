import { AppError } from '../../../core/errors';
import type { CancelSignal } from '../../../core/units';
import { readAppleHealth } from './formats/appleHealth';
import { empaticaFileOf, readEmpatica } from './formats/empatica';
import { readFit } from './formats/fit';
import { readFitbit } from './formats/fitbit';
import { readTable } from './formats/table';
import { readTcx } from './formats/tcx';
import type { ReadContext } from './reading/readText';
import type { Recording, RecordingFile, RecordingFormat } from './recording';
import { RecordingBuilder } from './recordingBuilder';
import { sniffFormat, type Sniffed } from './sniffFormat';

type Reader = (file: RecordingFile, context: ReadContext, builder: RecordingBuilder) => Promise<void>;

const READERS: Readonly<Record<RecordingFormat, Reader>> = {
  'apple-health': readAppleHealth,
  fitbit: readFitbit,
  table: readTable,
  fit: readFit,
  tcx: readTcx,
  empatica: async (file, context, builder) => {
    const kind = empaticaFileOf(file.name);
    if (kind) await readEmpatica(kind, file, context, builder);
  },
};

export interface ReadProgress {
  readonly readBytes: number;
  readonly totalBytes: number;
}

export interface ReadRecordingOptions {
  readonly signal: CancelSignal;
  readonly onProgress?: (progress: ReadProgress) => void;
}

export interface ReadResult {
  readonly recording: Recording;
  /** Names of files that hold nothing SyncIn knows. */
  readonly skipped: readonly string[];
}

interface Known {
  readonly file: RecordingFile;
  readonly format: RecordingFormat;
}

const isKnown = (sniffed: Sniffed): sniffed is RecordingFormat => sniffed !== null && sniffed !== 'packed' && sniffed !== 'empty';

function refuse(sniffed: readonly Sniffed[]): AppError {
  if (sniffed.includes('packed')) return new AppError('recording/packed', 'an archive');
  if (sniffed.length > 0 && sniffed.every((one) => one === 'empty')) return new AppError('recording/empty', 'no bytes');
  return new AppError('recording/unknown-format', `none of ${sniffed.length} files is known`);
}

/** A folder may hold several exports; the format of most of the bytes leads, so that two sources are not mixed. */
function leadingFormat(known: readonly Known[]): RecordingFormat {
  const bytes = new Map<RecordingFormat, number>();
  for (const { file, format } of known) bytes.set(format, (bytes.get(format) ?? 0) + file.size);
  return [...bytes].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

/**
 * Reads the files of one recording, each as a stream: memory grows with what they measured, not with their size.
 * @throws AppError 'recording/unknown-format' | 'recording/packed' | 'recording/empty' | 'recording/damaged' | 'recording/unreadable';
 * DOMException 'AbortError'
 */
export async function readRecording(files: readonly RecordingFile[], { signal, onProgress }: ReadRecordingOptions): Promise<ReadResult> {
  try {
    const sniffed = await Promise.all(files.map(sniffFormat));
    const known = files.flatMap((file, i): Known[] => {
      const format = sniffed[i] ?? null;
      return isKnown(format) ? [{ file, format }] : [];
    });
    if (known.length === 0) throw refuse(sniffed);
    const format = leadingFormat(known);
    const read = known.filter((one) => one.format === format).map(({ file }) => file);
    const totalBytes = read.reduce((sum, { size }) => sum + size, 0);
    let readBytes = 0;
    const builder = new RecordingBuilder();
    const onBytes = (count: number) => onProgress?.({ readBytes: (readBytes += count), totalBytes });
    for (const file of read) await READERS[format](file, { signal, onBytes }, builder);
    return { recording: builder.finish(format), skipped: files.filter((file) => !read.includes(file)).map(({ name }) => name) };
  } catch (error) {
    throw asRecordingError(error);
  }
}

/** The disk's own failures, as when a file was moved or changed while it was read. */
function asRecordingError(error: unknown): unknown {
  if (error instanceof DOMException && error.name !== 'AbortError') {
    return new AppError('recording/unreadable', `the file could not be read: ${error.name}`, { cause: error });
  }
  return error;
}
