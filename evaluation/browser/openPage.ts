import { setTimeout } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS, requireChromium } from '../../scripts/lib/findChromium.mjs';
import { RunError } from '../input/commandErrors';
import { PRODUCT_FOLDERS, providePage } from './providePage';
import { serve } from './serve';

export interface OpenPageOptions {
  /** Items to serve: URL path → file. */
  readonly files?: ReadonlyMap<string, string>;
  readonly flags?: readonly string[];
}

export interface OpenedPage {
  readonly page: Page;
  readonly browserVersion: string;
  /** Runs `use`; rejects with PageLost when the page or the browser goes away meanwhile. */
  during<T>(use: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The page or its browser went away, be it for lack of memory or because someone ended it. */
export class PageLost extends RunError {}

/** Builds, serves and opens the evaluation page in headless Chromium; nothing but this machine can be reached from it. */
export async function openPage({ files = new Map(), flags = [] }: OpenPageOptions = {}): Promise<OpenedPage> {
  const executablePath = await requireChromium();
  const served = await serve({ '/': await providePage(), ...PRODUCT_FOLDERS }, files);
  const browser = await chromium.launch({ executablePath, headless: true, args: [...CHROMIUM_FLAGS, ...flags] });
  const page = await browser.newPage();
  const origin = new URL(served.url).origin;
  await page.route(
    (url) => url.protocol.startsWith('http') && url.origin !== origin,
    (route) => route.abort(),
  );
  let isCrashed = false;
  page.on('crash', () => {
    isCrashed = true;
    void browser.close(); // what waits for a crashed page would wait for ever
  });
  await page.goto(served.url);
  return {
    page,
    browserVersion: browser.version(),
    async during(use) {
      try {
        return await use();
      } catch (error) {
        await setTimeout(500); // the call rejects a little before the browser is known to be gone
        if (browser.isConnected() && !page.isClosed() && !isCrashed) throw error;
        throw new PageLost(`The browser ${isCrashed ? 'page crashed' : 'ended'} before the run was complete.`, { cause: error });
      }
    },
    async close() {
      await browser.close();
      await served.close();
    },
  };
}
