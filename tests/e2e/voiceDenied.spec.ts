import { camera, expect, FIRST_ESTIMATE_MS, test, words } from './app';
import { switchOn, voiceRow } from './microphone';

test.use({ launchOptions: await camera('denied') });
test.setTimeout(2 * FIRST_ESTIMATE_MS);

test('a microphone that is not allowed is one sentence with a way on, and nothing is shown as live', async ({ page, app }) => {
  await app.openAndAccept();
  await app.go('now');
  await switchOn(page);
  await expect(voiceRow(page).getByText(words.error['sensor/permission-denied'])).toBeVisible({ timeout: FIRST_ESTIMATE_MS });
  await expect(voiceRow(page).getByRole('button', { name: words.sense.tryAgain })).toBeVisible();
  await expect(app.stopSensing).toHaveCount(0);
});
