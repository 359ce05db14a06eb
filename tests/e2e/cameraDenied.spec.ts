import { DEMO_PIECES } from '../../src/library/demo/demoPieces';
import { camera, expect, LONG_MS, test, words } from './app';

test.use({ launchOptions: await camera('denied') });
test.setTimeout(LONG_MS);

test('a camera that is not allowed is one sentence, and everything else works', async ({ page, app }) => {
  await app.openAndAccept();
  await app.go('now');
  await app.faceSense.getByRole('button', { name: words.sense.switchOn }).click();
  await expect(app.faceSense.getByText(words.error['sensor/permission-denied'])).toBeVisible();
  await expect(app.faceSense.getByRole('button', { name: words.sense.tryAgain })).toBeVisible();

  await app.useDemoSongs();
  await app.expectAnalysed(DEMO_PIECES.length);
  await app.go('now');
  await page.keyboard.press('2');
  await expect(app.queueItems).toHaveCount(10);
});
