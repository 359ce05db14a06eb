import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { openApp } from '../app/openApp';
import { measureShare, type ProcessShare } from '../app/processShare';
import { quantile } from '../report/metrics';
import { installBoard } from './fakeBoard';
import { installFastClock, runFastHour, type FastHour } from './fastHour';
import { measureValueLatency, startTalking } from './valueLatency';

const SETTLE_MS = 4000;
/** The dot of a live sensor breathes for so long after it was switched on. */
const BREATH_MS = 14_000;
const WINDOW_MS = 20_000;
const MEASURE_MEMORY = '--enable-blink-features=ForceEagerMeasureMemory';

export interface BodyBench {
  readonly browser: string;
  /** From a board's line to the end of the frame that shows its value. */
  readonly valueToScreenMs: { readonly n: number; readonly p50: number | null; readonly p95: number | null; readonly max: number | null };
  /** Shares of one core on the Now screen: with the sense off; with the made-up board's 100 timers a second, which live in the page; and while it is read. */
  readonly idle: ProcessShare;
  readonly boardAlone: ProcessShare;
  readonly reading: ProcessShare;
  readonly hour: FastHour;
}

/** The built app with a board at 100 lines a second: how late its values are, what they cost, and whether an hour leaves anything behind. */
export async function benchBody(folder: string | undefined): Promise<BodyBench> {
  const opened = await openApp({ folder, flags: [MEASURE_MEMORY], before: [installBoard, installFastClock] });
  try {
    const { page } = opened;
    await page.goto(new URL('#/now', page.url()).href);
    await setTimeout(SETTLE_MS);
    const idle = await measureShare(page, WINDOW_MS);
    await page.evaluate(startTalking);
    const boardAlone = await measureShare(page, WINDOW_MS);
    await connect(page);
    await setTimeout(BREATH_MS);
    const reading = await measureShare(page, WINDOW_MS);
    const took = await measureValueLatency(page);
    // From here on it speaks as fast as it is heard.
    await page.evaluate(() => clearInterval(globalThis.boardTalk));
    return { browser: opened.browserVersion, valueToScreenMs: spread(took), idle, boardAlone, reading, hour: await runFastHour(page) };
  } finally {
    await opened.close();
  }
}

async function connect(page: Page): Promise<void> {
  await page.getByTestId('sense-physiology').getByRole('button').first().click();
  await page.getByTestId('connect-serial').click();
  await page.locator('[data-testid=device][data-link=connected]').waitFor({ timeout: 60_000 });
}

const spread = (values: readonly number[]): BodyBench['valueToScreenMs'] => ({
  n: values.length,
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  max: quantile(values, 1),
});
