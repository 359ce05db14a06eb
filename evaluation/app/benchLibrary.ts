import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { UsageError } from '../input/commandErrors';
import { quantile } from '../report/metrics';
import { showProgress } from '../report/showProgress';
import { MemoryCurve } from './memoryCurve';
import { openApp } from './openApp';
import { openProcessorSeconds } from './processShare';

export interface LibraryBench {
  readonly files: number;
  readonly songs: number;
  /** Everything that is no song, with the reason that the app shows. */
  readonly failures: Readonly<Record<string, string>>;
  readonly seconds: number;
  readonly songsPerMinute: number;
  readonly minutesOfMusic: number;
  /** Time inside the worker, decoding included. */
  readonly secondsPerSong: { readonly p50: number | null; readonly p95: number | null; readonly max: number | null };
  /** The same per four minutes of its music, so that long and short songs compare; songs above 30 s. */
  readonly secondsPerFourMinutes: { readonly p50: number | null; readonly p95: number | null };
  /** What page and workers computed for four minutes of music, reading, decoding and storing included: all threads together. */
  readonly processorSecondsPerFourMinutes: number;
  /** Of the page and its workers, MB: when a fifth of the songs were through, at the end, and the most between. */
  readonly memory: { readonly early: number; readonly end: number; readonly peak: number; readonly growth: number };
  /** Tasks of the page's main thread above 50 ms while importing. */
  readonly longTasks: { readonly n: number; readonly maxMs: number | null };
}

interface Stored {
  readonly analyses: readonly { readonly tookMs: number; readonly duration: number }[];
  readonly failures: Readonly<Record<string, string>>;
}

const AUDIO = /\.(mp3|m4a|aac|flac|ogg|oga|opus|wav)$/i;
/** No song takes this long; a library that stands still for it has lost one. */
const STALLED_MS = 180_000;

/** Imports a folder into the built app as a user would, and waits until each file is a song or a reason. */
export async function benchLibrary(folder: string): Promise<LibraryBench & { readonly browser: string }> {
  const files = await listAudio(folder);
  const progress = showProgress(files.length);
  const { page, browserVersion, close } = await openApp();
  try {
    await page.evaluate(() => globalThis.longTasks.splice(0));
    const readProcessor = await openProcessorSeconds(page);
    const processorBefore = (await readProcessor()).app;
    const from = performance.now();
    const memory = new MemoryCurve(page, files.length);
    await page.getByTestId('import-files').first().setInputFiles(files);
    const stored = await waitForAll(page, files.length, (count) => {
      progress.done(count);
      memory.note(count);
    });
    const seconds = (performance.now() - from) / 1000;
    const processor = (await readProcessor()).app - processorBefore;
    const longTasks = await page.evaluate(() => globalThis.longTasks);
    return {
      ...summarise(files.length, stored, { seconds, processor, longTasks }),
      memory: await memory.end(),
      browser: browserVersion,
    };
  } finally {
    progress.end();
    await close();
  }
}

async function listAudio(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new UsageError(`There is no folder ${folder}.`, { cause });
  });
  const files = entries.filter((entry) => entry.isFile() && AUDIO.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
  if (files.length === 0) throw new UsageError(`There is no audio file in ${folder}.`);
  return files.sort();
}

async function waitForAll(page: Page, total: number, onProgress: (count: number) => void): Promise<Stored> {
  let last = -1;
  let movedAt = performance.now();
  for (;;) {
    const count = await page.evaluate(() => countStores(['analyses', 'failures']));
    if (count >= total) return readStored(page);
    if (count !== last) movedAt = performance.now();
    else if (performance.now() - movedAt > STALLED_MS) return readStored(page);
    last = count;
    if (count > 0) onProgress(count);
    await page.waitForTimeout(1000);
  }
}

function readStored(page: Page): Promise<Stored> {
  return page.evaluate(async () => {
    const { analyses = [], failures = [] } = await readStores(['analyses', 'failures']);
    return {
      analyses: analyses.map(({ tookMs, duration }) => ({ tookMs: Number(tookMs), duration: Number(duration) })),
      failures: Object.fromEntries(failures.map(({ path, code }) => [String(path), String(code)])),
    };
  });
}

interface Measured {
  readonly seconds: number;
  /** Seconds of all threads. */
  readonly processor: number;
  readonly longTasks: readonly number[];
}

function summarise(
  files: number,
  { analyses, failures }: Stored,
  { seconds, processor, longTasks }: Measured,
): Omit<LibraryBench, 'memory'> {
  const took = analyses.map(({ tookMs }) => tookMs / 1000);
  const alike = analyses.filter(({ duration }) => duration > 30).map(({ tookMs, duration }) => (tookMs / 1000 / duration) * 240);
  const musicSeconds = analyses.reduce((sum, { duration }) => sum + duration, 0);
  return {
    files,
    songs: analyses.length,
    failures,
    seconds,
    songsPerMinute: (analyses.length / seconds) * 60,
    minutesOfMusic: musicSeconds / 60,
    secondsPerSong: { p50: quantile(took, 0.5), p95: quantile(took, 0.95), max: quantile(took, 1) },
    secondsPerFourMinutes: { p50: quantile(alike, 0.5), p95: quantile(alike, 0.95) },
    processorSecondsPerFourMinutes: (processor / musicSeconds) * 240,
    longTasks: { n: longTasks.length, maxMs: quantile(longTasks, 1) },
  };
}
