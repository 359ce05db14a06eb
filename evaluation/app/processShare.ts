import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { RunError } from '../input/commandErrors';

/** Shares of one core, or seconds of it. */
export interface ProcessShare {
  /** The app's own process: page, workers, audio worklet. */
  readonly app: number;
  /** All processes of the browser, drawing without a graphics card among them. */
  readonly browser: number;
}

interface Processes {
  readonly processInfo: readonly { readonly type: string; readonly cpuTime: number }[];
}

/** Seconds that the browser's processes have computed so far: what else the machine does hardly changes them. */
export async function openProcessorSeconds(page: Page): Promise<() => Promise<ProcessShare>> {
  const browser = page.context().browser();
  if (!browser) throw new RunError('The browser is gone.');
  const session = await browser.newBrowserCDPSession();
  return async () => {
    const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as Processes;
    const sum = (isCounted: (type: string) => boolean): number =>
      processInfo.filter(({ type }) => isCounted(type)).reduce((total, { cpuTime }) => total + cpuTime, 0);
    return { app: sum((type) => type === 'renderer'), browser: sum(() => true) };
  };
}

/** What the browser computes while a page is left alone for a while. */
export async function measureShare(page: Page, windowMs: number): Promise<ProcessShare> {
  const read = await openProcessorSeconds(page);
  const before = await read();
  const from = performance.now();
  await setTimeout(windowMs);
  const after = await read();
  const seconds = (performance.now() - from) / 1000;
  return { app: (after.app - before.app) / seconds, browser: (after.browser - before.browser) / seconds };
}
