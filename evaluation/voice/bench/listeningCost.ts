import { setTimeout } from 'node:timers/promises';
import en from '../../../src/locales/en.json';
import type { OpenedApp } from '../../app/openApp';
import { measureShare, type ProcessShare } from '../../app/processShare';

const SETTLE_MS = 4000;
const WINDOW_MS = 20_000;

export interface ListeningCost {
  readonly seconds: number;
  /** The same screen before the sense is switched on. */
  readonly idle: ProcessShare;
  readonly listening: ProcessShare;
}

/** What listening costs the built app, its screens included. */
export async function measureListening({ page }: Pick<OpenedApp, 'page'>): Promise<ListeningCost> {
  await page.goto(new URL('#/now', page.url()).href);
  const row = page.getByTestId('sense-voice');
  await row.waitFor();
  await setTimeout(SETTLE_MS);
  const idle = await measureShare(page, WINDOW_MS);
  await row.getByRole('button', { name: en.sense.switchOn }).click();
  await page
    .locator('[data-testid=sense-voice][data-state=live], [data-testid=sense-voice][data-state=absent]')
    .waitFor({ timeout: 60_000 });
  await setTimeout(SETTLE_MS);
  return { seconds: WINDOW_MS / 1000, idle, listening: await measureShare(page, WINDOW_MS) };
}
