import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import en from '../../../src/locales/en.json';
import type { OpenedApp } from '../../app/openApp';
import { RunError } from '../../input/commandErrors';

const SETTLE_MS = 4000;
const WINDOW_MS = 20_000;

/** Shares of one core. */
interface Share {
  /** The app's own process: page, workers, audio worklet. */
  readonly app: number;
  /** All processes of the browser, drawing without a graphics card among them. */
  readonly browser: number;
}

export interface ListeningCost {
  readonly seconds: number;
  /** The same screen before the sense is switched on. */
  readonly idle: Share;
  readonly listening: Share;
}

interface Processes {
  readonly processInfo: readonly { readonly type: string; readonly cpuTime: number }[];
}

/** What listening costs the built app, its screens included. */
export async function measureListening({ page }: Pick<OpenedApp, 'page'>): Promise<ListeningCost> {
  await page.goto(new URL('#/now', page.url()).href);
  const row = page.getByTestId('sense-voice');
  await row.waitFor();
  await setTimeout(SETTLE_MS);
  const idle = await shareOf(page);
  await row.getByRole('button', { name: en.sense.switchOn }).click();
  await page
    .locator('[data-testid=sense-voice][data-state=live], [data-testid=sense-voice][data-state=absent]')
    .waitFor({ timeout: 60_000 });
  await setTimeout(SETTLE_MS);
  return { seconds: WINDOW_MS / 1000, idle, listening: await shareOf(page) };
}

async function shareOf(page: Page): Promise<Share> {
  const browser = page.context().browser();
  if (!browser) throw new RunError('The browser is gone.');
  const session = await browser.newBrowserCDPSession();
  const read = async (): Promise<Share> => {
    const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as Processes;
    const sum = (isCounted: (type: string) => boolean): number =>
      processInfo.filter(({ type }) => isCounted(type)).reduce((total, { cpuTime }) => total + cpuTime, 0);
    return { app: sum((type) => type === 'renderer'), browser: sum(() => true) };
  };
  const before = await read();
  const from = performance.now();
  await setTimeout(WINDOW_MS);
  const after = await read();
  const seconds = (performance.now() - from) / 1000;
  await session.detach();
  return { app: (after.app - before.app) / seconds, browser: (after.browser - before.browser) / seconds };
}
