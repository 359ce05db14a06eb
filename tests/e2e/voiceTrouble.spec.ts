import { expect, FIRST_ESTIMATE_MS, LONG_MS, SyncIn, test, words } from './app';
import { expectListening, switchOn, takeHold, voiceRow, type Handed } from './microphone';

test.setTimeout(LONG_MS);

test.beforeEach(async ({ page, app }) => {
  await page.addInitScript(takeHold);
  await app.openAndAccept();
  await app.go('now');
  await switchOn(page);
  await expectListening(page);
});

test('a microphone that is unplugged is told, and comes back when it is switched on again', async ({ page }) => {
  await page.evaluate(() => (globalThis as unknown as Handed).hands.unplug());
  await expect(voiceRow(page).getByText(words.error['sensor/disconnected'])).toBeVisible();
  await voiceRow(page).getByRole('button', { name: words.sense.tryAgain }).click();
  await expectListening(page);
});

test('a second tab is told where the microphone is, and gets it when it is free', async ({ page, context }) => {
  const second = await context.newPage();
  await second.goto('/#/now');
  await switchOn(second);
  await expect(voiceRow(second).getByText(words.error['sensor/other-tab'])).toBeVisible({ timeout: FIRST_ESTIMATE_MS });
  await expectListening(page);
  await new SyncIn(page).stopSensing.click();
  await expect(voiceRow(page)).toHaveAttribute('data-state', 'off');
  await voiceRow(second).getByRole('button', { name: words.sense.tryAgain }).click();
  await expectListening(second);
});

test('a microphone that changes its sample rate is opened anew, and listening goes on', async ({ page }) => {
  const opened = () => page.evaluate(() => (globalThis as unknown as Handed).hands.asked().length);
  expect(await opened()).toBe(1);
  await page.evaluate(() => (globalThis as unknown as Handed).hands.changeRate());
  await expect.poll(opened).toBe(2);
  await expectListening(page);
  await expect(page.getByTestId('notice')).toHaveCount(0);
});

test('an audio context that was put to sleep is told, and wakes with the next click', async ({ page }) => {
  await page.evaluate(() => (globalThis as unknown as Handed).hands.suspend());
  await expect(voiceRow(page).getByText(words.voice.asleep)).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await expect(voiceRow(page).getByText(words.voice.asleep)).toBeHidden();
  await expectListening(page);
});
