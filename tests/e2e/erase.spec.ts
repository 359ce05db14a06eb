import { wavFile } from '../support/media';
import { expect, LONG_MS, memoryFile, test, words } from './app';

test.setTimeout(LONG_MS);

test('erase everything leaves a first day', async ({ page, app }) => {
  await app.openAndAccept();
  await app.go('library');
  await app.importFiles([memoryFile('Secret song.wav', wavFile({ seconds: 3 }))]);
  await app.expectAnalysed(1);
  await page.keyboard.press('2');

  await app.go('settings');
  await page.getByRole('button', { name: words.settings.erase }).first().click();
  const dialog = page
    .getByRole('dialog', { name: words.settings.eraseTitle })
    .or(page.getByRole('alertdialog', { name: words.settings.eraseTitle }));
  await dialog.getByRole('button', { name: words.settings.eraseDo }).click();

  await expect(page.getByRole('heading', { name: words.first.title })).toBeVisible();
  const left = await page.evaluate(async () => {
    const rows = await readStores([
      'tracks',
      'analyses',
      'embeddings',
      'covers',
      'handles',
      'imports',
      'failures',
      'feedback',
      'estimates',
      'playlists',
      'settings',
    ]);
    const files: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return {
      rows: Object.values(rows).flat().length,
      files,
      modelCaches: (await caches.keys()).filter((name) => /model|vendor/i.test(name)),
      local: Object.keys(localStorage),
    };
  });
  expect(left).toEqual({ rows: 0, files: [], modelCaches: [], local: [] });
});
