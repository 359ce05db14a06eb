import { AppError } from '../../../src/core/errors';
import { NO_DETAIL } from '../../../src/core/trackDetail';
import type { TrackId } from '../../../src/core/units';
import { ANALYSER_VERSION } from '../../../src/library/analyse';
import { readFile } from '../../../src/library/files/readFile';
import type { AnalyseResult, LibraryWork, WorkOptions } from '../../../src/library/libraryWork';
import { LibraryPipeline, type LibraryPipelineOptions } from '../../../src/library/pipeline/libraryPipeline';
import type { LibraryEvent } from '../../../src/library/pipeline/pipelineEvents';
import { openDatabase, type SyncInDatabase } from '../../../src/storage/db';
import { wavFile } from '../../support/media';

/** A song of its own for each seed, as a plain file. */
export const songFile = (seed: number, name = `song${seed}.wav`): File => new File([wavFile({ seconds: 1, seed, sampleRate: 8000 })], name);

export const analysisOf = (file: File): AnalyseResult => ({
  analysis: {
    analyserVersion: ANALYSER_VERSION,
    duration: 1,
    tempo: 120,
    tempoConfidence: 0.5,
    key: { pitchClass: 0, mode: 'major', confidence: 0.5 },
    loudness: -14,
    onsetRate: 2,
    spectralCentroid: 1500,
    affect: { valence: 0.1, arousal: -0.2, valenceSd: 0.3, arousalSd: 0.3 },
    quadrants: { Q1: 0.25, Q2: 0.25, Q3: 0.25, Q4: 0.25 },
    truePeak: -1,
    loudnessRange: 0,
    pulseClarity: 0,
    trim: { start: 0, end: 1 },
    embedding: Float32Array.of(file.size, 0, 0, 0),
    detail: { ...NO_DETAIL, peaks: Uint8Array.of(1, 2, 3) },
  },
  stages: {},
  tookMs: 1,
});

export interface FakeWork extends LibraryWork {
  /** Names of the files that were analysed to the end. */
  readonly analysed: string[];
  readonly read: LibraryWork['read'];
  /** Makes every analysis wait until `release` is called. */
  hold(): void;
  release(): void;
  /** Makes the next analyses, or the loading of the model, fail. */
  failAnalysis(error: Error | null): void;
  failPrepare(error: Error | null): void;
  stops: number;
}

const aborted = (): Error => Object.assign(new Error('aborted'), { name: 'AbortError' });

/** A worker without a thread: it reads real files with the product's own code; its analyses are invented. */
export function createFakeWork(): FakeWork {
  let gate: Promise<void> = Promise.resolve();
  let open: () => void = () => undefined;
  let analysisError: Error | null = null;
  let prepareError: Error | null = null;
  const waitForGate = (signal: AbortSignal | undefined) =>
    Promise.race([
      gate,
      new Promise<never>((_, reject) => {
        // As the real protocol does: a call that comes after the abort does not begin.
        if (signal?.aborted) reject(aborted());
        else signal?.addEventListener('abort', () => reject(aborted()));
      }),
    ]);
  const work: FakeWork = {
    analysed: [],
    stops: 0,
    wake: () => Promise.resolve(),
    prepare: () => (prepareError ? Promise.reject(prepareError) : Promise.resolve({ name: 'fake', version: '1', backend: 'none' })),
    read: (request, { signal } = {}) => readFile(request, signal),
    async analyse({ file }, { signal }: WorkOptions = {}) {
      await waitForGate(signal);
      if (analysisError) throw analysisError;
      work.analysed.push(file.name);
      return analysisOf(file);
    },
    analysePcm: () => Promise.reject(new AppError('library/decode-failed', 'no PCM here')),
    async synthesise({ piece, copyKey }) {
      return readFile({ file: songFile(1000 + piece), copyKey });
    },
    stop() {
      work.stops++;
    },
    hold() {
      gate = new Promise((resolve) => (open = resolve));
    },
    release: () => open(),
    failAnalysis: (error) => void (analysisError = error),
    failPrepare: (error) => void (prepareError = error),
  };
  return work;
}

export interface Setup {
  readonly db: SyncInDatabase;
  readonly pipeline: LibraryPipeline;
  readonly works: readonly FakeWork[];
  readonly events: LibraryEvent[];
}

export const freshDatabase = (): Promise<SyncInDatabase> => openDatabase({ name: `pipeline-${crypto.randomUUID()}` });

/** A pipeline with fake workers; several may follow each other on one database, as tabs do. */
export function setUp(db: SyncInDatabase, options: Partial<LibraryPipelineOptions> = {}): Setup {
  const events: LibraryEvent[] = [];
  const works = [createFakeWork(), createFakeWork()];
  const pipeline = new LibraryPipeline({
    db,
    workers: works,
    now: Date.now,
    onEvent: (event) => events.push(event),
    copyFiles: () => false,
    locks: null,
    decode: () => Promise.reject(new AppError('library/decode-failed', 'not in this test')),
    ...options,
  });
  return { db, pipeline, works, events };
}

/** A folder as the user would grant it: it lives in the origin private file system, whose handles behave like any. */
export async function createFolder(files: Readonly<Record<string, Blob>>): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(`music-${crypto.randomUUID()}`, { create: true });
  for (const [path, content] of Object.entries(files)) {
    const parts = path.split('/');
    const name = parts.pop() as string;
    let parent = folder;
    for (const part of parts) parent = await parent.getDirectoryHandle(part, { create: true });
    const stream = await (await parent.getFileHandle(name, { create: true })).createWritable();
    await stream.write(content);
    await stream.close();
  }
  return folder;
}

export async function copyNames(): Promise<readonly string[]> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('audio', { create: true });
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names.sort();
}

export const idsOf = async (db: SyncInDatabase): Promise<readonly TrackId[]> => (await db.getAllKeys('tracks')).sort();
