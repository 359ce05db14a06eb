import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { productionHeaders } from '../../scripts/headers.mjs';
import { CHROMIUM_FLAGS, requireChromium } from '../../scripts/lib/findChromium.mjs';
import { createSite, listen } from '../../scripts/lib/staticServer.mjs';
import en from '../../src/locales/en.json';
import { provideReadStores } from '../browser/readStores';
import { UsageError } from '../input/commandErrors';

export interface OpenedApp {
  readonly page: Page;
  readonly browserVersion: string;
  close(): Promise<void>;
}

export interface OpenAppOptions {
  /** Where the app was built; dist/ unless said. */
  readonly folder?: string | undefined;
  /** Of Chromium. */
  readonly flags?: readonly string[];
  /** Run in the page before the app. */
  readonly before?: readonly (() => void)[];
}

/** The built app in headless Chromium, past its first-run notice, noting every long task of the main thread. */
export async function openApp({ folder: built = 'dist', flags = [], before = [] }: OpenAppOptions = {}): Promise<OpenedApp> {
  const folder = resolve(import.meta.dirname, '../..', built);
  if (!existsSync(join(folder, 'index.html'))) throw new UsageError(`There is no built app in ${built}. Run: npm run build`);
  const executablePath = await requireChromium();
  const server = createSite({ folder, base: '/', headers: productionHeaders });
  const port = await listen(server, 0, { strict: true });
  const browser = await chromium.launch({ executablePath, headless: true, args: [...CHROMIUM_FLAGS, ...flags] });
  const page = await browser.newPage();
  await page.addInitScript(provideReadStores);
  await page.addInitScript(noteLongTasks);
  for (const script of before) await page.addInitScript(script);
  await page.goto(`http://localhost:${port}/`);
  await page.getByRole('button', { name: en.first.continue, exact: true }).click();
  return {
    page,
    browserVersion: browser.version(),
    async close() {
      await browser.close();
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
    },
  };
}

declare global {
  /** Durations of tasks that kept the main thread for more than 50 ms. */
  var longTasks: number[];
}

function noteLongTasks(): void {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
}
