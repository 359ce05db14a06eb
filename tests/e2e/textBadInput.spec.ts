import { expect, LONG_MS, test, words } from './app';
import { Writing } from './writing';

test.setTimeout(LONG_MS);

/** The longest time for which the page did not answer while `act` ran; sampled by a timer. */
async function longestStall(page: Writing['page'], act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const stalls = { longest: 0, last: performance.now() };
    Object.assign(window, { stalls });
    setInterval(() => {
      const now = performance.now();
      stalls.longest = Math.max(stalls.longest, now - stalls.last - 20);
      stalls.last = now;
    }, 20);
  });
  await act();
  return page.evaluate(() => (window as unknown as { stalls: { longest: number } }).stalls.longest);
}

test('a megabyte is cut, read in the worker, and the page goes on', async ({ page, app }) => {
  await app.openAndAccept();
  const writing = new Writing(page);
  const stall = await longestStall(page, async () => {
    await writing.field.evaluate((field: HTMLTextAreaElement) => {
      field.value = 'I am so happy today. '.repeat(50_000);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await expect(page.getByText(words.write.long.replace('{n}', '50,000'))).toBeVisible();
    await writing.field.press('Enter');
    await expect(writing.entries.first()).toHaveAttribute('data-emotion', 'happiness');
  });
  const [kept = ''] = await writing.stored();
  expect(kept.length).toBeLessThanOrEqual(50_000);
  // On a machine that is busy with other things; what must not happen is a page that is gone for seconds.
  expect(stall).toBeLessThan(2000);
});

test('markup, hidden characters and halves of characters stay text', async ({ page, app }) => {
  await app.openAndAccept();
  const writing = new Writing(page);
  const texts = [
    '<img src=x onerror="document.title=\'owned\'"> I am happy',
    '<script>document.title = "owned"</script>',
    'I am \u202eyppah\u202c and\u200b ha\u200dppy',
    'happy \ud83d and \udc00',
    `__proto__ constructor ${'\u0301'.repeat(300)} happy`,
    'مرحبا بالعالم اليوم',
  ];
  for (const text of texts) await writing.write(text);
  await expect(page).toHaveTitle(/SyncIn/);
  await expect(writing.entries.locator('img, script')).toHaveCount(0);
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(isWide).toBe(false);
  for (const blank of ['', '   ', '\u00a0']) {
    await writing.field.fill(blank);
    await expect(page.getByRole('button', { name: words.write.send, exact: true })).toBeDisabled();
    await writing.field.press('Enter');
  }
  expect(await writing.stored()).toHaveLength(texts.length);
});

test('a hundred entries in a second are all kept and read', async ({ page, app }) => {
  await app.openAndAccept();
  const writing = new Writing(page);
  const stall = await longestStall(page, async () => {
    await writing.field.evaluate(async (field: HTMLTextAreaElement) => {
      for (let i = 0; i < 100; i++) {
        field.value = `Entry ${i}: I am so happy`;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    });
    await expect.poll(async () => (await writing.stored()).length, { timeout: 60_000 }).toBe(100);
    await expect(writing.entries.first()).toHaveAttribute('data-emotion', 'happiness');
  });
  expect(stall).toBeLessThan(1000);
});
