import { DEMO_PIECES } from '../../src/library/demo/demoPieces';
import { camera, expect, FIRST_ESTIMATE_MS, LONG_MS, SMILING_MAN, test, words } from './app';

test.use({ launchOptions: await camera({ clip: SMILING_MAN }) });
test.setTimeout(LONG_MS);

test('a smiling face leads to happiness, and happiness to pleasant songs', async ({ page, app }) => {
  await app.openAndAccept();
  await app.useDemoSongs();
  await app.expectAnalysed(DEMO_PIECES.length);

  await app.go('now');
  await app.faceSense.getByRole('button', { name: words.sense.switchOn }).click();
  await expect(app.fusedLabel).toHaveAttribute('data-emotion', 'happiness', { timeout: FIRST_ESTIMATE_MS });
  await expect(app.sentence).toContainText(words.feeling.happiness);

  const valences = new Map((await app.analysedSongs()).map(({ title, valence }) => [title, valence]));
  await expect(app.queueItems.first()).toBeVisible();
  const firstThree = await app.queueItems.evaluateAll((items) => items.slice(0, 3).map((item) => item.textContent ?? ''));
  for (const text of firstThree) {
    const title = [...valences.keys()].find((known) => text.includes(known));
    expect(title, `a known song in "${text}"`).toBeDefined();
    expect(valences.get(title ?? ''), `valence of ${title}`).toBeGreaterThan(0);
  }

  await app.queueItems.first().getByRole('button').first().click();
  await expect(app.playerTitle).not.toBeEmpty();
  await expect(page.getByRole('button', { name: words.player.pause, exact: true })).toBeVisible();
});
