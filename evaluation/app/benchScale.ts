import type { Page } from 'playwright-core';
import en from '../../src/locales/en.json';
import { ANALYSER_VERSION } from '../../src/library/analyse';
import { quantile } from '../report/metrics';
import { showProgress } from '../report/showProgress';
import { openApp } from './openApp';
import { openProcessorClock, type ProcessorClock } from './processorClock';
import { BLOCK_SLOTS, fillLibrary } from './syntheticLibrary';

interface Spread {
  readonly n: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly max: number | null;
}

/** What one step took on the wall, and of that on the processor of the main thread: the second holds on a busy machine, too. */
interface Took {
  readonly wall: number;
  readonly processor: number;
}

interface Cost {
  readonly wallMs: Spread;
  readonly processorMs: Spread;
}

export interface ScaleBench {
  readonly songs: number;
  /** Writing the synthetic rows. */
  readonly fillSeconds: number;
  /** The first opening: the app reads each row and makes its catalogue of them. */
  readonly firstOpen: Cost;
  /** From the start of the navigation, shell included, to the first row on screen; and of that, after the library's heading was drawn. */
  readonly open: Cost;
  readonly openAfterHeadingMs: Spread;
  /** From the key to the end of the frame that shows its answer; up to one frame of it is waiting for the frame. */
  readonly search: Cost;
  readonly sortFirst: Cost;
  readonly sortAgain: Cost;
  readonly filter: Cost;
  readonly scroll: { readonly framesPerSecond: number; readonly frameMs: Spread; readonly processorMsPerFrame: number };
  readonly heapMegabytes: number;
  readonly longTasksWhileOpening: Spread;
}

const DIMENSION = 64;
const BATCH = 10 * BLOCK_SLOTS;
const OPENINGS = 3;
const REST_MS = 8000;
const WORDS = ['karomi', 'artist 12', 'salé jazz', 'lun ve', 'zzzz', 'album 77 rock'];
const FRAMES = 300;

const spread = (values: readonly number[]): Spread => ({
  n: values.length,
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  max: quantile(values, 1),
});

const cost = (steps: readonly Took[]): Cost => ({
  wallMs: spread(steps.map(({ wall }) => wall)),
  processorMs: spread(steps.map(({ processor }) => processor)),
});

/** Fills the built app with a seeded library, then opens it, types, sorts, filters and scrolls as a user would. */
export async function benchScale(songs: number, folder?: string): Promise<ScaleBench & { readonly browser: string }> {
  const { page, browserVersion, close } = await openApp({ folder, flags: ['--enable-precise-memory-info'] });
  try {
    const fillSeconds = await fill(page, songs);
    const firstOpen = cost([await openLibrary(page)]);
    await page.waitForTimeout(REST_MS);
    const openings = [];
    for (let n = 0; n < OPENINGS; n++) openings.push(await openLibrary(page));
    const heapMegabytes = await measureHeap(page);
    // What goes on after the opening (unfinished work, texts for the search) is over by then.
    await page.waitForTimeout(REST_MS);
    const clock = await openProcessorClock(page);
    const search = await typeWords(page, clock);
    const sorts = await sortAll(page, clock);
    return {
      songs,
      fillSeconds,
      firstOpen,
      open: cost(openings),
      openAfterHeadingMs: spread(openings.map(({ wall, heading }) => wall - heading)),
      search: cost(search),
      sortFirst: cost(sorts.first),
      sortAgain: cost(sorts.again),
      filter: cost(await pressMoods(page, clock)),
      scroll: await scroll(page, clock),
      heapMegabytes,
      longTasksWhileOpening: spread(openings.flatMap(({ longTasks }) => longTasks)),
      browser: browserVersion,
    };
  } finally {
    await close();
  }
}

async function fill(page: Page, songs: number): Promise<number> {
  const progress = showProgress(songs);
  const from = performance.now();
  for (let at = 0; at < songs; at += BATCH) {
    const count = Math.min(BATCH, songs - at);
    await page.evaluate(fillLibrary, { from: at, count, seed: 7, analyserVersion: ANALYSER_VERSION, dimension: DIMENSION });
    progress.done(at + count);
  }
  progress.end();
  return (performance.now() - from) / 1000;
}

async function openLibrary(page: Page): Promise<Took & { readonly heading: number; readonly longTasks: readonly number[] }> {
  // Another page in between, so that it is a navigation and not a change of the address's end.
  const app = new URL('/', page.url());
  await page.goto('about:blank');
  const clock = await openProcessorClock(page);
  const before = await clock();
  await page.goto(`${app.href}#/library`, { waitUntil: 'commit' });
  const shown = await page.evaluate(async () => {
    const seen = (selector: string): Promise<number> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (document.querySelector(selector)) resolve(performance.now());
          else requestAnimationFrame(look);
        };
        look();
      });
    const heading = await seen('h1');
    const wall = await seen('[data-testid="song-row"]');
    return { heading, wall, longTasks: globalThis.longTasks.slice() };
  });
  const after = await clock();
  // A new process counts from nothing.
  return { ...shown, processor: after < before ? after : after - before };
}

async function measureHeap(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  await client.detach();
  return usedSize / 2 ** 20;
}

/** Does something to the control that `selector` finds, and waits for the end of the frame that shows what came of it. */
async function step(page: Page, clock: ProcessorClock, selector: string, value: string | null, place = 0): Promise<Took> {
  const before = await clock();
  const wall = await page.evaluate(
    async ([query, text, index]) => {
      const control = document.querySelectorAll<HTMLInputElement | HTMLSelectElement>(query)[index];
      if (!control) throw new Error(`there is no ${query}`);
      const from = performance.now();
      if (text === null) control.click();
      else {
        control.value = text;
        control.dispatchEvent(new Event(control instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
      }
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => setTimeout(resolve));
      return performance.now() - from;
    },
    [selector, value, place] as const,
  );
  return { wall, processor: (await clock()) - before };
}

/** Each key of each word. */
async function typeWords(page: Page, clock: ProcessorClock): Promise<readonly Took[]> {
  const steps: Took[] = [];
  const enter = async (text: string) => steps.push(await step(page, clock, 'main input[type="search"]', text));
  for (const word of WORDS) {
    for (let end = 1; end <= word.length; end++) await enter(word.slice(0, end));
    await enter('');
  }
  return steps;
}

async function sortAll(page: Page, clock: ProcessorClock): Promise<{ readonly first: readonly Took[]; readonly again: readonly Took[] }> {
  const select = 'main .sort select';
  const orders = await page.locator(`${select} option`).evaluateAll((options) => options.map((one) => (one as HTMLOptionElement).value));
  const first: Took[] = [];
  const again: Took[] = [];
  for (const order of orders) first.push(await step(page, clock, select, order));
  for (const order of orders) again.push(await step(page, clock, select, order));
  await step(page, clock, select, 'added');
  return { first, again };
}

/** Each mood on and off again. */
async function pressMoods(page: Page, clock: ProcessorClock): Promise<readonly Took[]> {
  const chips = `[aria-label="${en.library.moodFilter}"] button`;
  const steps: Took[] = [];
  for (let place = 0; place < (await page.locator(chips).count()); place++)
    for (let times = 0; times < 2; times++) steps.push(await step(page, clock, chips, null, place));
  return steps;
}

async function scroll(page: Page, clock: ProcessorClock): Promise<ScaleBench['scroll']> {
  const before = await clock();
  const frames = await page.evaluate(async (count) => {
    const took: number[] = [];
    let before = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    for (let n = 0; n < count; n++) {
      // Slow and fast, as a wheel and a dragged bar are.
      window.scrollBy(0, n % 100 < 80 ? 90 : 4000);
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      took.push(now - before);
      before = now;
    }
    return took;
  }, FRAMES);
  const mean = frames.reduce((sum, ms) => sum + ms, 0) / frames.length;
  const processorMsPerFrame = ((await clock()) - before) / frames.length;
  return { framesPerSecond: 1000 / mean, frameMs: spread(frames), processorMsPerFrame };
}
