import { wavFile } from '../support/media';
import { expect, LIBRARY_MS, LONG_MS, memoryFile, test, words } from './app';

test.setTimeout(LONG_MS);

const LRC = [
  '[00:00.00]I am so happy that you are here',
  '[00:01.00]Tears, I am so sad and lonely',
  '[00:02.00]The train leaves at nine',
].join('\n');

test('lyrics beside a file are timed and wear their colours; pasted ones take their place, and can be taken back', async ({
  page,
  app,
}) => {
  await app.openAndAccept();
  await app.go('library');
  await app.importFiles([
    memoryFile('Two moods.wav', wavFile({ seconds: 3 })),
    memoryFile('Two moods.lrc', new TextEncoder().encode(LRC), 'text/plain'),
  ]);
  await app.expectAnalysed(1);
  const link = page.getByRole('link', { name: 'Two moods' }).first();
  await expect(link).toBeVisible({ timeout: LIBRARY_MS });
  await link.click();
  const lyrics = page.getByTestId('lyrics');
  await expect(lyrics).toContainText(words.song.lyricsTimed);
  const lines = lyrics.getByRole('listitem');
  await expect(lines.nth(0)).toHaveAttribute('data-mood', 'happiness');
  await expect(lines.nth(1)).toHaveAttribute('data-mood', 'sadness');
  await expect(lines.nth(2)).not.toHaveAttribute('data-mood');
  await expect(page.getByTestId('lyrics-mood')).toHaveAttribute('data-by', 'lexicon');
  await lines.nth(1).getByRole('button').click();
  await expect(lyrics.locator('[aria-current=true]')).toHaveCount(1);

  await lyrics.getByRole('button', { name: words.song.lyricsReplace }).click();
  await lyrics.getByRole('textbox').fill('I hate you and your lies\n<b>It is so unfair</b>');
  await lyrics.getByRole('button', { name: words.write.save, exact: true }).click();
  await expect(lines.nth(0)).toHaveAttribute('data-mood', 'anger');
  await expect(lines.nth(1)).toContainText('<b>It is so unfair</b>');
  await expect(lyrics.locator('li b')).toHaveCount(0);
  await page.reload();
  await expect(lines.nth(0)).toContainText('I hate you');
  await lyrics.getByRole('button', { name: words.song.lyricsOfFile }).click();
  await expect(lines.nth(0)).toContainText('I am so happy');
});
