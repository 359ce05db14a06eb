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
    const list = async (folder: FileSystemDirectoryHandle): Promise<void> => {
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'file') files.push(name);
        else await list(handle as FileSystemDirectoryHandle);
      }
    };
    await list(await navigator.storage.getDirectory());
    const models: string[] = [];
    for (const name of await caches.keys()) {
      if (!/precache|shell/.test(name)) models.push(...(await (await caches.open(name)).keys()).map(({ url }) => url));
    }
    return {
      rows: Object.values(rows).flat(),
      files,
      models: models.filter((url) => /\.(onnx|tflite|task|wasm)/.test(url)),
      local: Object.keys(localStorage),
    };
  });
  expect(left).toEqual({ rows: [], files: [], models: [], local: [] });
});
