import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corruptMp3, hugeHeaderWav, textAsMp3, wavFile } from '../support/media';
import { expect, LIBRARY_MS, LONG_MS, memoryFile, test, words } from './app';

const AUDIO = join(import.meta.dirname, '../fixtures/audio');
const ENCODED = { mp3: 'audio/mpeg', m4a: 'audio/mp4', flac: 'audio/flac', ogg: 'audio/ogg', opus: 'audio/ogg' } as const;

test.setTimeout(LONG_MS);

test('good files of every kind become songs; broken ones are listed with their reason, in one import', async ({ app }) => {
  const wav = wavFile({ seconds: 4, seed: 21 });
  const good = [
    ...Object.entries(ENCODED).map(([extension, type]) =>
      memoryFile(`tune.${extension}`, readFileSync(join(AUDIO, `tune.${extension}`)), type),
    ),
    memoryFile('Plain melody.wav', wav),
  ];
  const bad = [
    memoryFile('same melody.wav', wav),
    memoryFile('empty.mp3', new Uint8Array(), 'audio/mpeg'),
    memoryFile('no seconds.wav', wavFile({ seconds: 0 })),
    memoryFile('promises 2 GB.wav', hugeHeaderWav()),
    memoryFile('damaged.mp3', corruptMp3(), 'audio/mpeg'),
    memoryFile('shopping list.mp3', textAsMp3(), 'audio/mpeg'),
  ];
  await app.openAndAccept();
  await app.go('library');
  await app.importFiles([...good, ...bad]);

  // The one with a false header holds a second of sound, so it may be heard or refused, but must not hang or be lost.
  const settled = async () => {
    const failed = Object.keys(await app.failureCodes());
    return { analysed: (await app.analysedSongs()).length, failed: failed.length };
  };
  await expect
    .poll(
      async () => {
        const { analysed, failed } = await settled();
        return analysed + failed;
      },
      { timeout: LIBRARY_MS },
    )
    .toBe(good.length + bad.length);

  const codes = await app.failureCodes();
  expect(codes).toMatchObject({
    'same melody.wav': 'library/duplicate',
    'empty.mp3': 'library/empty-file',
    'shopping list.mp3': 'library/not-audio',
  });
  expect(codes['damaged.mp3']).toMatch(/^library\/(not-audio|decode-failed)$/);
  expect(codes['no seconds.wav']).toMatch(/^library\/(empty-file|decode-failed)$/);
  const titles = await app.trackTitles();
  for (const extension of Object.keys(ENCODED)) expect(titles).toContain(`Tune in ${extension}`);
  expect(titles).toContain('Plain melody');

  for (const [path, code] of Object.entries(codes)) {
    const row = app.failures.getByRole('listitem').filter({ hasText: path });
    await expect(row).toContainText(words.error[code as keyof typeof words.error]);
  }
});
