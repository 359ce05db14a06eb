import { DEMO_PIECES } from '../../src/library/demo/demoPieces';
import { startApp } from '../support/server';
import { camera, expect, LONG_MS, SMILING_MAN, test, words } from './app';

test.use({ launchOptions: await camera({ clip: SMILING_MAN }) });
test.setTimeout(LONG_MS);

test('once loaded, face and songs work without any server', async ({ page, app, watch }) => {
  const server = await startApp();
  watch.allow(server.url);
  try {
    await app.openAndAccept(server.url);
    await app.useDemoSongs();
    await app.expectAnalysed(DEMO_PIECES.length);
    await app.go('now');
    await app.faceSense.getByRole('button', { name: words.sense.switchOn }).click();
    await app.expectEstimate();
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  } finally {
    await server.stop();
  }

  await page.reload();
  await app.go('now');
  await app.faceSense.getByRole('button', { name: words.sense.switchOn }).click();
  await app.expectEstimate();
  await app.queueItems.first().getByRole('button').first().click();
  await expect(page.getByRole('button', { name: words.player.pause, exact: true })).toBeVisible();
  for (const screen of ['library', 'playlists', 'journal', 'lab', 'settings'] as const) {
    await app.go(screen);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText(words.app.screenFailed)).toBeHidden();
  }
});
