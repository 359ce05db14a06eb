import type { Page } from 'playwright-core';
import en from '../../src/locales/en.json';
import { ANALYSER_VERSION } from '../../src/library/analyse';
import { quantile } from '../report/metrics';
import { showProgress } from '../report/showProgress';
import { openApp } from './openApp';
import { BLOCK_SLOTS, countChanges, fillLibrary } from './syntheticLibrary';

interface Spread {
  readonly n: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly max: number | null;
}

export interface ScaleBench {
  readonly songs: number;
  /** Writing the synthetic rows, and the app packing them into its catalogue in the background. */
  readonly fillSeconds: number;
  readonly foldSeconds: number;
  /** From the start of the navigation, shell included, to the first row on screen; and of that, after the library's heading was drawn. */
  readonly openMs: Spread;
  readonly openAfterHeadingMs: Spread;
  /** From the key to the end of the frame that shows its answer; up to one frame of it is waiting for the frame. */
  readonly searchMs: Spread;
  readonly sortFirstMs: Spread;
  readonly sortAgainMs: Spread;
  readonly filterMs: Spread;
  readonly scroll: { readonly framesPerSecond: number; readonly frameMs: Spread };
  readonly heapMegabytes: number;
  readonly longTasksWhileOpening: Spread;
}

const DIMENSION = 64;
const BATCH = 10 * BLOCK_SLOTS;
const OPENINGS = 3;
const WORDS = ['karomi', 'artist 12', 'salé jazz', 'lun ve', 'zzzz', 'album 77 rock'];
const FRAMES = 300;

const spread = (values: readonly number[]): Spread => ({
  n: values.length,
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  max: quantile(values, 1),
});

/** Fills the built app with a seeded library, then opens it, types, sorts, filters and scrolls as a user would. */
export async function benchScale(songs: number): Promise<ScaleBench & { readonly browser: string }> {
  const { page, browserVersion, close } = await openApp(['--enable-precise-memory-info']);
  try {
    const fillSeconds = await fill(page, songs);
    await openLibrary(page);
    const foldSeconds = await waitForCatalogue(page);
    const openings = [];
    for (let n = 0; n < OPENINGS; n++) openings.push(await openLibrary(page));
    const heapMegabytes = await measureHeap(page);
    const searchMs = await typeWords(page);
    const sorts = await sortAll(page);
    return {
      songs,
      fillSeconds,
      foldSeconds,
      openMs: spread(openings.map(({ row }) => row)),
      openAfterHeadingMs: spread(openings.map(({ row, heading }) => row - heading)),
      searchMs: spread(searchMs),
      sortFirstMs: spread(sorts.first),
      sortAgainMs: spread(sorts.again),
      filterMs: spread(await pressMoods(page)),
      scroll: await scroll(page),
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

async function waitForCatalogue(page: Page): Promise<number> {
  const from = performance.now();
  while ((await page.evaluate(countChanges)) > 0) await page.waitForTimeout(1000);
  return (performance.now() - from) / 1000;
}

async function openLibrary(page: Page): Promise<{ readonly row: number; readonly heading: number; readonly longTasks: readonly number[] }> {
  // Another page in between, so that it is a navigation and not a change of the address's end.
  const app = new URL('/', page.url());
  await page.goto('about:blank');
  await page.goto(`${app.href}#/library`, { waitUntil: 'commit' });
  return page.evaluate(async () => {
    const shown = (selector: string): Promise<number> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (document.querySelector(selector)) resolve(performance.now());
          else requestAnimationFrame(look);
        };
        look();
      });
    const heading = await shown('h1');
    const row = await shown('[data-testid="song-row"]');
    return { heading, row, longTasks: globalThis.longTasks.slice() };
  });
}

async function measureHeap(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  await client.detach();
  return usedSize / 2 ** 20;
}

/** Time of each key of each word. */
function typeWords(page: Page): Promise<readonly number[]> {
  return page.evaluate(async (words) => {
    const input = document.querySelector<HTMLInputElement>('main input[type="search"]');
    if (!input) throw new Error('there is no search field');
    const took: number[] = [];
    const enter = async (text: string): Promise<void> => {
      const from = performance.now();
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => setTimeout(resolve));
      took.push(performance.now() - from);
    };
    await new Promise((resolve) => setTimeout(resolve, 3000));
    for (const word of words) {
      for (let end = 1; end <= word.length; end++) await enter(word.slice(0, end));
      await enter('');
    }
    return took;
  }, WORDS);
}

function sortAll(page: Page): Promise<{ readonly first: readonly number[]; readonly again: readonly number[] }> {
  return page.evaluate(async () => {
    const select = document.querySelector<HTMLSelectElement>('main .sort select');
    if (!select) throw new Error('there is no choice of an order');
    const by = async (value: string): Promise<number> => {
      const from = performance.now();
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => setTimeout(resolve));
      return performance.now() - from;
    };
    const orders = Array.from(select.options, ({ value }) => value);
    const first: number[] = [];
    const again: number[] = [];
    for (const order of orders) first.push(await by(order));
    for (const order of orders) again.push(await by(order));
    await by('added');
    return { first, again };
  });
}

/** Each mood on and off again. */
function pressMoods(page: Page): Promise<readonly number[]> {
  return page.evaluate(async (name) => {
    const chips = document.querySelectorAll<HTMLButtonElement>(`[aria-label="${name}"] button`);
    const took: number[] = [];
    for (const chip of [...chips].flatMap((one) => [one, one])) {
      const from = performance.now();
      chip.click();
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => setTimeout(resolve));
      took.push(performance.now() - from);
    }
    return took;
  }, en.library.moodFilter);
}

async function scroll(page: Page): Promise<ScaleBench['scroll']> {
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
  return { framesPerSecond: 1000 / mean, frameMs: spread(frames) };
}
