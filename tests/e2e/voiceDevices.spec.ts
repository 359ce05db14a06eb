import type { Page } from '@playwright/test';
import { DEMO_PIECES } from '../../src/library/demo/demoPieces';
import { expect, LONG_MS, test, words } from './app';
import { expectListening, switchOn, takeHold, voiceRow, type Handed } from './microphone';

test.setTimeout(LONG_MS);

const asked = (page: Page) => page.evaluate(() => (globalThis as unknown as Handed).hands.asked());
const sampleRate = (page: Page) => page.evaluate(() => (globalThis as unknown as Handed).hands.sampleRate());

test.beforeEach(async ({ page, app }) => {
  await page.addInitScript(takeHold);
  await app.openAndAccept();
});

test('another microphone is opened at once and remembered', async ({ page, app }) => {
  await app.go('now');
  await switchOn(page);
  await expectListening(page);
  const chooser = voiceRow(page).getByRole('combobox', { name: words.voice.microphone });
  const ids = await chooser.getByRole('option').evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  const wanted = ids.at(-1) ?? '';
  await chooser.selectOption(wanted);
  await expect.poll(async () => (await asked(page)).at(-1)?.deviceId).toEqual({ ideal: wanted });
  await expectListening(page);
  await expect(chooser).toHaveValue(wanted);
  await page.reload();
  await switchOn(page);
  await expectListening(page);
  expect((await asked(page)).at(-1)?.deviceId).toEqual({ ideal: wanted });
});

test('noise suppression is a switch: RNNoise hears at its own rate, and the browser has its own turned off', async ({ page, app }) => {
  await app.go('now');
  await switchOn(page);
  await expectListening(page);
  expect(await sampleRate(page)).toBe(16_000);
  await app.go('settings');
  await page.getByRole('switch', { name: words.settings.suppression }).click();
  await expect.poll(() => sampleRate(page)).toBe(48_000);
  await app.go('now');
  await expectListening(page);
  for (const constraints of await asked(page)) expect(constraints).toMatchObject({ noiseSuppression: false, autoGainControl: false });
});

test('while a song plays, the browser takes its echo out of the microphone', async ({ page, app }) => {
  await app.useDemoSongs();
  await app.expectAnalysed(DEMO_PIECES.length);
  await app.go('now');
  await switchOn(page);
  await expectListening(page);
  expect((await asked(page)).map(({ echoCancellation }) => echoCancellation)).toEqual([false]);
  // A word of one's own makes a queue, with nobody in front of the camera.
  await page.keyboard.press('2');
  await expect(app.queueItems).toHaveCount(10);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: words.player.pause, exact: true })).toBeVisible();
  await expect.poll(async () => (await asked(page)).at(-1)?.echoCancellation).toBe(true);
  await page.getByRole('button', { name: words.player.pause, exact: true }).click();
  // It stays for a while: the next song may follow.
  await expect.poll(async () => (await asked(page)).at(-1)?.echoCancellation, { timeout: 30_000 }).toBe(false);
});
