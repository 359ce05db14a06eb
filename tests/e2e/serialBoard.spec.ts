import { installBoard } from '../../evaluation/physiology/fakeBoard';
import { expect, SyncIn, test, words } from './app';

test('a board: baud rate found, 100 lines a second, garbage, unplugged, plugged in again', async ({ page }) => {
  test.setTimeout(180_000);
  await page.addInitScript(installBoard);
  await new SyncIn(page).openAndAccept();
  const row = page.getByTestId('sense-physiology');
  await row.getByRole('button', { name: 'Switch on' }).click();
  await page.evaluate(() => setInterval(() => globalThis.board.send('GSR:400\r\n'), 10));
  await page.getByTestId('connect-serial').click();
  const device = page.getByTestId('device');
  await expect(device).toHaveAttribute('data-link', 'connected', { timeout: 60_000 });
  expect(await page.evaluate(() => globalThis.board.bauds.slice(0, 3))).toEqual([115_200, 9600, 9600]);
  await expect(row).toContainText('6.14');
  await page.evaluate(() => globalThis.board.send('\u0000\ufffd{"x":NaN}\r\nGSR:NaN\r\nnoise '.repeat(500)));
  await expect(row).not.toContainText('NaN');
  await expect(row).toContainText('6.14');
  await page.evaluate(() => globalThis.board.unplug());
  await expect(device).toHaveAttribute('data-link', 'reconnecting');
  await expect(row).not.toContainText('6.14');
  await page.evaluate(() => globalThis.board.plugIn());
  await expect(device).toHaveAttribute('data-link', 'connected');
  await expect(row).toContainText('6.14');
});

test('a board of an earlier visit: offered closed after a reload, read as before, and forgotten for good', async ({ page }) => {
  test.setTimeout(180_000);
  await page.addInitScript(installBoard);
  await page.addInitScript(() => setInterval(() => globalThis.board.send('400,80\r\n'), 10));
  const app = new SyncIn(page);
  await app.openAndAccept();
  const row = page.getByTestId('sense-physiology');
  await row.getByRole('button', { name: words.sense.switchOn }).click();
  await page.getByTestId('connect-serial').click();
  const device = page.getByTestId('device');
  await expect(device).toHaveAttribute('data-link', 'connected', { timeout: 60_000 });
  await expect(row).toContainText('6.14');
  // Plain numbers may be those of a pulse sensor: chosen once, kept.
  await page.getByTestId('board-plain').selectOption('pulse');
  await expect(row).not.toContainText('6.14');
  await expect(device).toHaveAttribute('data-link', 'connected', { timeout: 60_000 });
  await page.reload();
  await app.go('settings');
  await expect(device).toHaveAttribute('data-link', 'closed');
  await expect(page.getByTestId('board-plain')).toHaveValue('pulse');
  expect(await page.evaluate(() => globalThis.board.bauds)).toEqual([]);
  await app.go('now');
  await row.getByRole('button', { name: words.sense.switchOn }).click();
  await expect(device).toHaveAttribute('data-link', 'connected', { timeout: 60_000 });
  // The rate that was found last time is tried first.
  expect(await page.evaluate(() => globalThis.board.bauds)).toEqual([9600, 9600]);
  await expect(page.getByTestId('heart-rate')).toContainText('80');
  await device.getByRole('button', { name: /^Forget/ }).click();
  await expect(device).toHaveCount(0);
  await page.reload();
  await app.go('settings');
  await expect(page.getByRole('main')).toBeVisible();
  await expect(device).toHaveCount(0);
});
