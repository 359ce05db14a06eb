import { test } from '@playwright/test';
import { expect, FIRST_ESTIMATE_MS, LONG_MS, words } from './app';
import { music, silence, whiteNoise } from '../../evaluation/voice/bench/sounds';
import { decodeClip, speechClips, switchOn, voiceRow, withMicrophone } from './microphone';

test.setTimeout(LONG_MS);

/** Long enough for every window that there is to fill several times. */
const LISTEN_MS = 8000;

const SOUNDS = [
  { name: 'silence', wav: silence(48_000), reason: words.absence['no-speech'] },
  { name: 'white noise', wav: whiteNoise(44_100), reason: words.absence['not-speech'] },
  { name: 'music', wav: music(48_000), reason: words.absence['not-speech'] },
  { name: 'white noise of a telephone', wav: whiteNoise(8000), reason: words.absence['not-speech'] },
];

/** Columns in which anything is drawn. */
function countInk(canvas: HTMLElement | SVGElement): number {
  const { width, height } = canvas as HTMLCanvasElement;
  const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
  const inked = new Set<number>();
  for (let i = 3; i < pixels.length; i += 4) if ((pixels[i] ?? 0) > 100) inked.add(((i - 3) / 4) % width);
  return inked.size;
}

for (const { name, wav, reason } of SOUNDS) {
  test(`${name} is no feeling`, async ({ baseURL }) => {
    await withMicrophone(wav, baseURL ?? '', async (app, page) => {
      await expect(voiceRow(page).getByText(reason)).toBeVisible({ timeout: FIRST_ESTIMATE_MS });
      for (let heardMs = 0; heardMs < LISTEN_MS; heardMs += 200) {
        expect(await voiceRow(page).getAttribute('data-state')).toBe('absent');
        expect(await app.fusedLabel.getAttribute('data-emotion')).toBeNull();
        await page.waitForTimeout(200);
      }
      await expect(voiceRow(page).getByText(reason)).toBeVisible();
    });
  });
}

test('speech is judged while it lasts, and shown as live', async ({ baseURL }) => {
  test.skip(speechClips() === null, 'no acted speech on this machine, or no ffmpeg to decode it');
  await withMicrophone(decodeClip('03-01-05-02-01-01-21.opus'), baseURL ?? '', async (app, page) => {
    await app.expectEstimate();
    await expect(voiceRow(page)).toHaveAttribute('data-state', 'live');
    await expect(page.getByText(words.live['voice.on']).first()).toBeVisible();
    await expect(voiceRow(page).getByTestId('voice-details')).toContainText(words.voice.speaking);
    await expect(voiceRow(page).getByRole('meter', { name: words.voice.level })).toHaveAttribute('aria-valuetext', /decibels/);
    await expect(voiceRow(page).locator('.dist').first()).toBeVisible();
    const strip = voiceRow(page).getByRole('img', { name: words.voice.strip }).locator('canvas');
    expect(await strip.evaluate(countInk), 'columns of the spectrogram with something in them').toBeGreaterThan(60);
    await voiceRow(page).getByText(words.voice.measured).click();
    await expect(voiceRow(page).getByTestId('voice-measures')).toContainText(/\d+ Hz/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(voiceRow(page)).toHaveAttribute('data-state', 'off');
  });
});

test('twenty seconds read calmly are kept as a calm voice, through a reload, until they are forgotten', async ({ baseURL }) => {
  test.skip(speechClips() === null, 'no acted speech on this machine, or no ffmpeg to decode it');
  await withMicrophone(decodeClip('03-01-01-01-01-01-21.opus'), baseURL ?? '', async (app, page) => {
    await app.expectEstimate();
    const read = voiceRow(page).getByRole('button', { name: words.voice.calibrate });
    await read.click();
    const dialog = page.getByRole('dialog', { name: words.voice.calibrationName });
    await expect(dialog).toContainText(words.voice.sentence);
    await dialog.getByRole('button', { name: words.voice.calibratingCancel }).click();
    await expect(dialog).toBeHidden();
    await read.click();
    await expect(dialog).toBeHidden({ timeout: FIRST_ESTIMATE_MS });
    const known = voiceRow(page).getByRole('button', { name: words.voice.calibrateAgain });
    await expect(known).toBeVisible();
    await page.reload();
    await switchOn(page);
    await expect(known).toBeVisible({ timeout: FIRST_ESTIMATE_MS });
    await voiceRow(page).getByRole('button', { name: words.voice.calibrationErase }).click();
    await expect(read).toBeVisible({ timeout: FIRST_ESTIMATE_MS });
  });
});
