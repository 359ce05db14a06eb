import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { provideReadStores } from '../../evaluation/browser/readStores';
import type en from '../../src/locales/en.json';
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/lib/findChromium.mjs';

/** The app's sentences: specs find things by the names that people see. */
export const words = JSON.parse(readFileSync(join(import.meta.dirname, '../../src/locales/en.json'), 'utf8')) as typeof en;

export const SMILING_MAN = join(import.meta.dirname, '../fixtures/camera/smilingMan.mjpeg');
export type ScreenName = 'now' | 'library' | 'playlists' | 'journal' | 'lab' | 'settings';
export const SCREENS: readonly ScreenName[] = ['now', 'library', 'playlists', 'journal', 'lab', 'settings'];

/** Launch options of a browser whose camera shows a clip, or that asks for permission and gets no answer but "no". */
export async function camera(shows: { readonly clip: string } | 'denied'): Promise<{ executablePath?: string; args: string[] }> {
  const executablePath = await findChromium();
  const args =
    shows === 'denied'
      ? CHROMIUM_FLAGS.filter((flag) => flag !== '--use-fake-ui-for-media-stream')
      : [...CHROMIUM_FLAGS, `--use-file-for-fake-video-capture=${shows.clip}`];
  return { ...(executablePath !== null && { executablePath }), args };
}

/** Loading models and runtimes takes seconds on an idle machine; these bounds are for one that is busy with other things. */
export const FIRST_ESTIMATE_MS = 120_000;
export const LIBRARY_MS = 480_000;
export const LONG_MS = 900_000;

export interface AnalysedSong {
  readonly title: string;
  readonly valence: number;
  readonly arousal: number;
}

/** A file that never touches the disk. */
export interface MemoryFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export function memoryFile(name: string, bytes: Uint8Array, mimeType = 'audio/wav'): MemoryFile {
  return { name, mimeType, buffer: Buffer.from(bytes) };
}

/** What people do with the app, on one page. */
export class SyncIn {
  readonly fusedLabel: Locator;
  readonly sentence: Locator;
  readonly queueItems: Locator;
  readonly failures: Locator;
  readonly analysisBanner: Locator;
  readonly faceSense: Locator;
  readonly playerTitle: Locator;
  readonly stopSensing: Locator;

  constructor(readonly page: Page) {
    this.fusedLabel = page.getByTestId('fused-label');
    this.sentence = page.getByTestId('sentence');
    this.queueItems = page.getByTestId('queue-item');
    this.failures = page.getByTestId('failures');
    this.analysisBanner = page.getByTestId('analysis-banner');
    this.faceSense = page.getByTestId('sense-face');
    this.playerTitle = page.getByTestId('player-title');
    this.stopSensing = page.getByTestId('stop-sensing').filter({ visible: true });
  }

  /** Opens the app and accepts the first-run notice without switching anything on. */
  async openAndAccept(url = '/'): Promise<void> {
    await this.page.goto(url);
    await this.page.getByRole('button', { name: words.first.continue, exact: true }).click();
    await expect(this.page.getByRole('navigation').first()).toBeVisible();
  }

  /** By address, so that it works on any width and while a dialog is open. */
  async go(screen: ScreenName): Promise<void> {
    await this.page.evaluate((name) => {
      location.hash = `#/${name}`;
    }, screen);
    await expect(this.page.getByRole('main')).toBeVisible();
  }

  async importFiles(files: readonly (MemoryFile | string)[]): Promise<void> {
    const input = this.page.getByTestId('import-files').first();
    if (files.every((file) => typeof file === 'string')) await input.setInputFiles([...files]);
    else await input.setInputFiles(files.filter((file) => typeof file !== 'string'));
  }

  async useDemoSongs(): Promise<void> {
    await this.go('library');
    await this.page.getByRole('button', { name: words.library.useDemo }).first().click();
  }

  /** Waits for whatever the app makes of what it senses. */
  async expectEstimate(): Promise<void> {
    await expect(this.fusedLabel).toHaveAttribute('data-emotion', /\w/, { timeout: FIRST_ESTIMATE_MS });
  }

  /** Waits until the stored library holds so many analysed songs. */
  async expectAnalysed(count: number): Promise<void> {
    await expect.poll(async () => (await this.analysedSongs()).length, { timeout: LIBRARY_MS, intervals: [500] }).toBe(count);
  }

  /** Straight from the database: what would still be there after a crash. */
  analysedSongs(): Promise<AnalysedSong[]> {
    return this.page.evaluate(async () => {
      const { tracks, analyses } = await readStores(['tracks', 'analyses']);
      const titles = new Map(tracks?.map((track) => [track['id'], track['title']]));
      return (analyses ?? []).map((analysis) => ({
        title: titles.get(analysis['trackId']),
        ...(analysis['affect'] as object),
      })) as AnalysedSong[];
    });
  }

  trackTitles(): Promise<string[]> {
    return this.page.evaluate(async () => (await readStores(['tracks'])).tracks?.map((track) => track['title'] as string) ?? []);
  }

  failureCodes(): Promise<Record<string, string>> {
    return this.page.evaluate(async () => {
      const { failures } = await readStores(['failures']);
      return Object.fromEntries((failures ?? []).map((failure) => [failure['path'], failure['code']])) as Record<string, string>;
    });
  }
}

/** What every spec asserts, whatever it is about: requests stay at the app's origin and nothing is thrown. */
export class Watch {
  readonly #origins = new Set<string>();
  readonly #requested: string[] = [];
  readonly #pageErrors: string[] = [];

  constructor(context: BrowserContext) {
    context.on('request', (request) => void this.#requested.push(request.url()));
    context.on('page', (page) => {
      page.on('pageerror', (error) => void this.#pageErrors.push(error.stack ?? error.message));
      page.on('websocket', (socket) => void this.#requested.push(socket.url()));
    });
  }

  /** The app is served from here too. */
  allow(url: string): void {
    this.#origins.add(new URL(url).origin);
  }

  check(): void {
    const foreign = this.#requested.filter((url) => /^(https?|wss?):/.test(url) && !this.#origins.has(new URL(url).origin));
    expect(foreign, 'requests to another origin').toEqual([]);
    expect(this.#requested, 'requests that were noted at all').not.toEqual([]);
    expect(this.#pageErrors, 'uncaught errors').toEqual([]);
  }
}

export const test = base.extend<{ watch: Watch; app: SyncIn }>({
  watch: [
    async ({ context, baseURL }, use) => {
      const watch = new Watch(context);
      watch.allow(baseURL ?? '');
      await context.addInitScript(provideReadStores);
      await use(watch);
      watch.check();
    },
    { auto: true },
  ],
  app: async ({ page }, use) => use(new SyncIn(page)),
});

export { expect };
