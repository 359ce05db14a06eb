import type { Locator, Page } from '@playwright/test';
import { DEMO_PIECES } from '../../src/library/demo/demoPieces';
import { expect, LONG_MS, test, words } from './app';

test.setTimeout(LONG_MS);

/** Presses Tab until something has the focus; what cannot be reached fails. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) {
      const outline = await target.evaluate((element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return { hasOutline: outlineStyle !== 'none' && outlineWidth !== '0px', boxShadow };
      });
      expect(outline.hasOutline || outline.boxShadow !== 'none', 'the focus can be seen').toBe(true);
      return;
    }
  }
  throw new Error(`80 presses of Tab did not reach ${target.toString()}`);
}

test('everything of the main job can be done without a pointer', async ({ page, app }) => {
  await page.goto('/');
  const go = page.getByRole('button', { name: words.first.continue, exact: true });
  await expect(go).toBeVisible();
  await tabTo(page, go);
  await page.keyboard.press('Enter');

  await page.keyboard.press('g');
  await page.keyboard.press('l');
  const demo = page.getByRole('button', { name: words.library.useDemo }).first();
  await expect(demo).toBeVisible();
  await tabTo(page, demo);
  await page.keyboard.press('Enter');
  await app.expectAnalysed(DEMO_PIECES.length);

  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await expect(app.sentence).toBeVisible();
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await page.keyboard.press('2');
  await expect(app.sentence).toContainText('your word counts');
  await expect(app.queueItems).toHaveCount(10);

  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: words.player.pause, exact: true })).toBeVisible();
  const first = await app.playerTitle.textContent();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(app.playerTitle).not.toHaveText(first ?? '');
  await page.keyboard.press('l');
  await expect(page.getByRole('button', { name: words.player.like, exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: words.player.play, exact: true })).toBeVisible();

  await page.keyboard.press('t');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(
    page
      .getByRole('radio', { name: words.strategy.target })
      .or(page.getByRole('button', { name: words.strategy.target, exact: true }))
      .first(),
  ).toBeVisible();

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: words.keys.title })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});
