import type { Page } from 'playwright-core';

const SECONDS = 3600;
/** Memory is looked at so often. */
const EVERY_SECONDS = 600;

export interface FastHour {
  readonly lines: number;
  readonly tookSeconds: number;
  /** Page and workers after a collection, MB: before, and after each ten minutes of the board's time. */
  readonly megabytes: readonly number[];
}

/** An hour of the board at 100 lines a second, as fast as the app takes it. The page's clock runs with the board's. */
export async function runFastHour(page: Page): Promise<FastHour> {
  const from = performance.now();
  const megabytes = [await measureMemory(page)];
  for (let at = 0; at < SECONDS; at += EVERY_SECONDS) {
    await page.evaluate(sendFast, { at, seconds: EVERY_SECONDS });
    megabytes.push(await measureMemory(page));
  }
  return { lines: SECONDS * 100, tookSeconds: (performance.now() - from) / 1000, megabytes };
}

/** Needs cross-origin isolation and `--enable-blink-features=ForceEagerMeasureMemory`. */
async function measureMemory(page: Page): Promise<number> {
  const bytes = await page.evaluate(async () => {
    const measure = (performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }> })
      .measureUserAgentSpecificMemory;
    return (await measure.call(performance)).bytes;
  });
  return Math.round(bytes / 1e5) / 10;
}

declare global {
  /** ms by which the page's clock is ahead of the machine's. */
  var clockAhead: number;
}

/** Runs in the page before the app. */
export function installFastClock(): void {
  const now = Date.now.bind(Date);
  globalThis.clockAhead = 0;
  Date.now = () => now() + globalThis.clockAhead;
}

/** Runs in the page. */
async function sendFast({ at, seconds }: { readonly at: number; readonly seconds: number }): Promise<void> {
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  let startedAt = performance.now();
  for (let second = 0; second < seconds; second++) {
    // Responses of the skin now and then, and noise of the converter.
    const readings = Array.from({ length: 100 }, (_, i) => {
      const time = at + second + i / 100;
      return `GSR:${Math.round(380 - 20 * Math.max(0, Math.sin(time / 7)) ** 6 + 2 * Math.sin(time * 50))}\r\n`;
    });
    globalThis.board.send(readings.join(''));
    await pause(second % 5 === 4 ? 12 : 0);
    globalThis.clockAhead += 1000 - (performance.now() - startedAt);
    startedAt = performance.now();
  }
}
