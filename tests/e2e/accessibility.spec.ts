import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { DEMO_PIECES } from '../../src/library/demo/demoPieces';
import { expect, LONG_MS, SCREENS, test, words } from './app';

test.setTimeout(LONG_MS);

async function expectNoViolations(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary ?? ''}`).join('\n')}`,
  );
  expect(told, where).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any screen, ${colorScheme}`, async ({ page, app }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/');
    await expect(page.getByRole('heading', { name: words.first.title })).toBeVisible();
    await expectNoViolations(page, 'first run');

    await page.getByRole('button', { name: words.first.continue, exact: true }).click();
    for (const screen of SCREENS) {
      await app.go(screen);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectNoViolations(page, `${screen}, empty`);
    }

    await app.useDemoSongs();
    await app.expectAnalysed(DEMO_PIECES.length);
    await app.go('now');
    await page.getByRole('button', { name: words.now.demoStart }).click();
    await app.expectEstimate();
    await expect(app.queueItems).toHaveCount(10);
    for (const screen of SCREENS) {
      await app.go(screen);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectNoViolations(page, `${screen}, with songs and the demo listener`);
    }
    await app.go('library');
    await page
      .getByRole('link', { name: (await app.trackTitles())[0] ?? '' })
      .first()
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNoViolations(page, 'song');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNoViolations(page, 'keys');
  });
}

for (const width of [320, 390, 800, 1280, 1920, 2560]) {
  test(`a window of ${width} px needs no sideways scrolling`, async ({ page, app }) => {
    await page.setViewportSize({ width, height: 800 });
    await app.openAndAccept();
    for (const screen of SCREENS) {
      await app.go(screen);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, screen).toBeLessThanOrEqual(0);
    }
  });
}

test('Settings right after the first run look as they do after a reload', async ({ page, app }) => {
  await app.openAndAccept();
  await app.go('settings');
  const title = page.getByRole('heading', { name: words.settings.sensors });
  const before = await title.boundingBox();
  await page.reload();
  await expect(title).toBeVisible();
  expect(await title.boundingBox()).toEqual(before);
});
