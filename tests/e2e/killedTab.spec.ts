import { wavFile } from '../support/media';
import { expect, LIBRARY_MS, LONG_MS, memoryFile, SyncIn, test } from './app';

test.setTimeout(LONG_MS);

const SONGS = 12;

test('a tab killed in the middle of the analysis loses nothing and doubles nothing', async ({ context, page, app }) => {
  await app.openAndAccept();
  await app.go('library');
  await app.importFiles(Array.from({ length: SONGS }, (_, i) => memoryFile(`Song ${i + 1}.wav`, wavFile({ seconds: 20, seed: i + 1 }))));
  await expect.poll(async () => (await app.analysedSongs()).length, { timeout: LIBRARY_MS }).toBeGreaterThanOrEqual(2);

  const crashed = page.waitForEvent('crash');
  const session = await context.newCDPSession(page);
  await Promise.race([session.send('Page.crash'), crashed]);
  await crashed;

  const again = new SyncIn(await context.newPage());
  await again.page.goto('/#/library');
  const kept = await again.analysedSongs();
  expect(kept.length).toBeGreaterThanOrEqual(2);
  expect(kept.length, 'killed in the middle, not at the end').toBeLessThan(SONGS);

  await again.expectAnalysed(SONGS);
  const titles = await again.trackTitles();
  expect(titles.toSorted()).toEqual(Array.from({ length: SONGS }, (_, i) => `Song ${i + 1}`).toSorted());
  expect(await again.failureCodes()).toEqual({});
});
