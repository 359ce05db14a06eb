import { test } from '@playwright/test';
import { expect, FIRST_ESTIMATE_MS, LONG_MS, words } from './app';
import { music, silence, whiteNoise } from '../../evaluation/voice/bench/sounds';
import { decodeClip, speechClips, voiceRow, withMicrophone } from './microphone';

test.setTimeout(LONG_MS);

/** Long enough for every window that there is to fill several times. */
const LISTEN_MS = 8000;

const SOUNDS = [
  { name: 'silence', wav: silence(48_000), reason: words.absence['no-speech'] },
  { name: 'white noise', wav: whiteNoise(44_100), reason: words.absence['not-speech'] },
  { name: 'music', wav: music(48_000), reason: words.absence['not-speech'] },
  { name: 'white noise of a telephone', wav: whiteNoise(8000), reason: words.absence['not-speech'] },
];

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
  test.skip(speechClips() === null, 'no acted speech on this machine');
  await withMicrophone(decodeClip('03-01-05-02-01-01-21.opus'), baseURL ?? '', async (app, page) => {
    await app.expectEstimate();
    await expect(voiceRow(page)).toHaveAttribute('data-state', 'live');
    await expect(page.getByText(words.live['voice.on']).first()).toBeVisible();
    await expect(voiceRow(page).getByTestId('voice-details')).toContainText(words.voice.speaking);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(voiceRow(page)).toHaveAttribute('data-state', 'off');
  });
});
