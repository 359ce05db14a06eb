import { expect, test, words } from './app';
import { dropFile, Writing } from './writing';

const named = (template: string) => new RegExp(template.replace('{time}', '.*'));

test('an entry is written, read with the words that carried it, changed, deleted, put back; drafts and entries outlive a reload', async ({
  page,
  app,
}) => {
  await app.openAndAccept();
  const writing = new Writing(page);
  const entry = await writing.write('I am so happy that you are here!');
  await expect(entry).toHaveAttribute('data-emotion', 'happiness');
  await expect(entry).toHaveAttribute('data-by', 'lexicon');
  await expect(entry.locator('mark')).toHaveText('happy');
  await expect(page.getByTestId('reader')).toHaveAttribute('data-reader', 'lexicon');
  await expect(app.fusedLabel).toHaveAttribute('data-emotion', 'happiness');

  await entry.getByRole('button', { name: named(words.write.editName) }).click();
  const editor = entry.getByRole('textbox');
  await editor.fill('I am so sad that you are gone.');
  await editor.press('Enter');
  await expect(entry).toHaveAttribute('data-emotion', 'sadness');
  await expect(entry.getByText(words.write.edited)).toBeVisible();

  await entry.getByRole('button', { name: named(words.write.editName) }).click();
  await entry.getByRole('textbox').fill('never mind');
  await entry.getByRole('textbox').press('Escape');
  await expect(entry).toContainText('so sad that you are gone');

  await writing.field.fill('Half a thought');
  await writing.field.press('Shift+Enter');
  await page.reload();
  await expect(writing.field).toHaveValue('Half a thought\n');
  await expect(writing.entries).toHaveCount(1);
  await expect(writing.entries.first()).toContainText('so sad that you are gone');

  await writing.entries
    .first()
    .getByRole('button', { name: named(words.write.removeName) })
    .click();
  await expect(writing.entries).toHaveCount(0);
  expect(await writing.stored()).toEqual([]);
  await page.getByRole('button', { name: words.action.undo }).click();
  await expect(writing.entries).toHaveCount(1);
  await expect.poll(() => writing.stored()).toEqual(['I am so sad that you are gone.']);
});

test('another language is no guess; its emoji are read', async ({ page, app }) => {
  await app.openAndAccept();
  const writing = new Writing(page);
  const entry = await writing.write('Ich bin heute so traurig, weil es den ganzen Tag regnet.');
  await expect(entry).toHaveAttribute('data-by', 'absent');
  await expect(entry).not.toHaveAttribute('data-emotion');
  await expect(entry).toContainText(words.write.language.replace('{language}', 'German'));
  await expect(app.fusedLabel).not.toHaveAttribute('data-emotion', /\w/);
  const emoji = await writing.write('Ich bin heute so traurig, weil es den ganzen Tag regnet 😢');
  await expect(emoji).toContainText(words.write.emojiOnly.replace('{language}', 'German'));
});

test('a chat that is dropped is read for one person only, and kept nowhere', async ({ page, app }) => {
  await app.openAndAccept();
  const log = [
    '[31.12.23, 22:20:11] Ada: I am so happy to see you all!',
    '[31.12.23, 22:20:40] Ben: I hate everyone here, this is horrible.',
    '[31.12.23, 22:21:00] Ada: <script>document.title = "owned"</script> thank you!',
  ].join('\n');
  await dropFile(page, '_chat.txt', log);
  const chat = page.getByTestId('chat');
  await expect(chat).toContainText(words.chat.whoTitle);
  await chat.getByRole('button', { name: /^Ada/ }).click();
  const summary = page.getByTestId('chat-summary');
  await expect(summary).toHaveAttribute('data-read', '2');
  await expect(chat).toContainText('so happy to see you');
  await expect(chat).not.toContainText('I hate everyone');
  await expect(chat.locator('script')).toHaveCount(0);
  await expect(page).toHaveTitle(/SyncIn/);
  await chat.getByRole('button', { name: words.chat.close }).click();
  await expect(chat).toHaveCount(0);
  expect(await new Writing(page).stored()).toEqual([]);

  await dropFile(page, 'chat.json', '{"messages": [');
  await expect(page.getByTestId('chat-failed')).toContainText(words.error['chat/damaged']);
});

test('what another app shares waits in the field and goes nowhere by itself', async ({ page, app }) => {
  await app.openAndAccept();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  // As the operating system posts it; a form of the page's own is forbidden by its policy.
  await page.evaluate(async () => {
    const form = new FormData();
    form.set('title', 'A poem');
    form.set('text', 'I am so happy <b>today</b>');
    await fetch('share', { method: 'POST', body: form, redirect: 'manual' });
  });
  await page.reload();
  const writing = new Writing(page);
  await expect(writing.field).toHaveValue('A poem\nI am so happy <b>today</b>');
  expect(await writing.stored()).toEqual([]);
  await writing.field.press('Enter');
  await expect(writing.entries.first()).toContainText('<b>today</b>');
  await expect(writing.entries.first().locator('b')).toHaveCount(0);
});
