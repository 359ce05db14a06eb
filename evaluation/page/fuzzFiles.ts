import type { ErrorCode } from '../../src/core/errors';
import { LibraryPipeline } from '../../src/library/pipeline/libraryPipeline';
import type { LibraryEvent } from '../../src/library/pipeline/pipelineEvents';
import { openDatabase } from '../../src/storage/db';
import { createLibraryCrew } from '../../src/workers/libraryCrew';
import { wavFile } from '../../tests/support/media';
import { mutate, type Original } from '../../tests/support/mutate';

export interface FuzzRequest {
  readonly count: number;
  /** Number of the first mutant; each number is the same mutant for ever. */
  readonly first: number;
  /** The sound files that the server has, by item. */
  readonly names: readonly string[];
}

export interface FuzzResult {
  readonly files: number;
  /** Mutants that became songs and were analysed. */
  readonly analysed: number;
  /** The others, by the code of the reason that the library shows. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Mutants that are neither: must be 0. */
  readonly lost: number;
  /** Reasons that name nothing: must be 0. */
  readonly unnamed: number;
  /** How often the pipeline had to stop for a dead worker: must be 0. */
  readonly halts: number;
  /** The longest time between two outcomes of a single worker, ms; one file may stay silent for 10 s. */
  readonly slowestMs: number;
  readonly slowest: string;
}

const BATCH = 30;

async function fetchOriginals(names: readonly string[]): Promise<[Original, ...Original[]]> {
  const originals: [Original, ...Original[]] = [{ name: 'tune.wav', bytes: wavFile({ seconds: 4 }) }];
  for (const [index, name] of names.entries()) {
    const bytes = new Uint8Array(await (await fetch(`/items/${index}`)).arrayBuffer());
    originals.push({ name, bytes });
  }
  return originals;
}

/** Longest wait for an outcome, and after which file. */
class Waits {
  #last = performance.now();
  ms = 0;
  path = '';

  restart(): void {
    this.#last = performance.now();
  }

  note(path: string): void {
    const now = performance.now();
    if (now - this.#last > this.ms) Object.assign(this, { ms: now - this.#last, path });
    this.#last = now;
  }
}

const pathOf = (event: LibraryEvent): string | null => {
  if (event.kind === 'failed') return event.failure.path;
  return event.kind === 'track' ? event.track.path : null;
};

/** Broken files through the product's own import: one worker, its model, storage, the decoder on the page. */
export async function fuzzFiles({ count, first, names }: FuzzRequest): Promise<FuzzResult> {
  const originals = await fetchOriginals(names);
  const db = await openDatabase({ name: `fuzz-${crypto.randomUUID()}` });
  const workers = createLibraryCrew({ baseUrl: document.baseURI, size: 1 });
  const waits = new Waits();
  const halts = new Set<ErrorCode>();
  const pipeline = new LibraryPipeline({
    ...{ db, workers, now: Date.now, copyFiles: () => true, locks: null },
    onEvent(event) {
      if (event.kind === 'progress' && event.progress.kind === 'paused' && event.progress.because) halts.add(event.progress.because);
      const path = pathOf(event);
      if (path !== null) waits.note(path);
    },
  });
  await workers[0]?.prepare();
  await pipeline.start();
  for (let from = first; from < first + count; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, first + count - from) }, (_, i) => from + i);
    waits.restart();
    await pipeline.importFiles(numbers.map((number) => mutate(originals, number)).map(({ name, bytes }) => new File([bytes], name)));
    while (pipeline.progress.kind === 'running') await new Promise((resolve) => setTimeout(resolve, 50));
    if (halts.size > 0) break;
  }
  pipeline.stop();
  const failures = await db.getAll('failures');
  const reasons: Record<string, number> = {};
  for (const { code } of failures) reasons[code] = (reasons[code] ?? 0) + 1;
  const analysed = await db.count('analyses');
  db.close();
  return {
    files: count,
    analysed,
    reasons,
    lost: count - analysed - failures.length,
    unnamed: reasons['unexpected'] ?? 0,
    halts: halts.size,
    slowestMs: Math.round(waits.ms),
    slowest: waits.path,
  };
}
