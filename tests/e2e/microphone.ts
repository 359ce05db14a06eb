import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Locator, type Page } from '@playwright/test';
import { provideReadStores } from '../../evaluation/browser/readStores';
import { spokenClip } from '../../evaluation/voice/bench/sounds';
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/lib/findChromium.mjs';
import { SyncIn, Watch, words } from './app';

const SPEECH = join(import.meta.dirname, '../../../shared/data/voice/ravdess');

/** Acted clips as files, where this machine has them and can decode them; else null. */
export function speechClips(): string | null {
  return existsSync(SPEECH) && readdirSync(SPEECH).length > 1000 ? SPEECH : null;
}

/** A clip as the fake microphone takes it. */
export const decodeClip = (name: string): Buffer => spokenClip(join(SPEECH, name));

/** The voice row of the Now screen. */
export const voiceRow = (page: Page): Locator => page.getByTestId('sense-voice');

export async function switchOn(page: Page): Promise<void> {
  await voiceRow(page).getByRole('button', { name: words.sense.switchOn }).click();
}

/** A browser whose microphone plays a file, over and over, and the app open in it. */
export async function withMicrophone(wav: Buffer, baseURL: string, act: (app: SyncIn, page: Page) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'syncin-microphone-'));
  const file = join(folder, 'sound.wav');
  writeFileSync(file, wav);
  const executablePath = await findChromium();
  const browser = await chromium.launch({
    ...(executablePath !== null && { executablePath }),
    args: [...CHROMIUM_FLAGS, `--use-file-for-fake-audio-capture=${file}`],
  });
  try {
    const context = await browser.newContext({ baseURL });
    const watch = new Watch(context);
    watch.allow(baseURL);
    await context.addInitScript(provideReadStores);
    const page = await context.newPage();
    const app = new SyncIn(page);
    await app.openAndAccept(baseURL);
    await app.go('now');
    await switchOn(page);
    await act(app, page);
    watch.check();
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}
