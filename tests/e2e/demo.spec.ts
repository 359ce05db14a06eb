import { quadrantOf } from '../../src/core/music';
import { DEMO_PIECES } from '../../src/library/demo/demoPieces';
import { expect, LONG_MS, test, words } from './app';

test.setTimeout(LONG_MS);

test('the demo shows everything without a sensor or a song, and says that it is a demo', async ({ page, app }) => {
  await page.goto('/');
  await page.getByRole('button', { name: words.first.demo }).click();
  await app.expectEstimate();
  await expect(page.getByText(words.now.simulated, { exact: true }).first()).toBeVisible();
  await expect(app.sentence).toContainText(/demo listener/i);

  await app.expectAnalysed(DEMO_PIECES.length);
  await expect(app.queueItems).toHaveCount(10);
  await app.queueItems.first().getByRole('button').first().click();
  await expect(page.getByRole('button', { name: words.player.pause, exact: true })).toBeVisible();
  const position = page.getByRole('slider', { name: words.player.position });
  const from = Number(await position.inputValue());
  await expect.poll(async () => Number(await position.inputValue()), { timeout: 15_000 }).toBeGreaterThan(from);

  const songs = await app.analysedSongs();
  const quadrants = new Set(songs.map(quadrantOf));
  expect(
    quadrants.size,
    `the demo songs spread over the plane: ${songs.map(({ title, valence, arousal }) => `${title} ${valence.toFixed(2)} ${arousal.toFixed(2)}`).join(', ')}`,
  ).toBe(4);

  await app.stopSensing.click();
  await expect(app.sentence).not.toContainText(/demo listener seems/i, { timeout: 30_000 });
});
