import { chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, requireChromium } from '../../scripts/lib/findChromium.mjs';
import { RunError } from '../input/commandErrors';
import { buildPage, PRODUCT_FOLDERS } from './buildPage';
import { serve } from './serve';

export interface OpenPageOptions {
  /** Items to serve: URL path → file. */
  readonly files?: ReadonlyMap<string, string>;
  readonly flags?: readonly string[];
}

export interface OpenedPage {
  readonly page: Page;
  readonly browserVersion: string;
  /** Runs `use`, but rejects as soon as the page itself is lost. */
  during<T>(use: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Builds, serves and opens the evaluation page in headless Chromium; nothing but this machine can be reached from it. */
export async function openPage({ files = new Map(), flags = [] }: OpenPageOptions = {}): Promise<OpenedPage> {
  const executablePath = await requireChromium();
  const served = await serve({ '/': await buildPage(), ...PRODUCT_FOLDERS }, files);
  const browser = await chromium.launch({ executablePath, headless: true, args: [...CHROMIUM_FLAGS, ...flags] });
  const page = await browser.newPage();
  const origin = new URL(served.url).origin;
  await page.route(
    (url) => url.protocol.startsWith('http') && url.origin !== origin,
    (route) => route.abort(),
  );
  const lost = new Promise<never>((_, reject) => {
    page.on('crash', () => reject(new RunError('The browser page crashed, probably for lack of memory.')));
    browser.on('disconnected', () => reject(new RunError('The browser ended before the run was complete.')));
  });
  lost.catch(() => undefined); // closing on purpose also ends here, with nobody waiting
  await page.goto(served.url);
  return {
    page,
    browserVersion: browser.version(),
    during: (use) => Promise.race([use(), lost]),
    async close() {
      await browser.close();
      await served.close();
    },
  };
}
