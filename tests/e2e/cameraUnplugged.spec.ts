import { camera, expect, FIRST_ESTIMATE_MS, LONG_MS, SMILING_MAN, test, words } from './app';

test.use({ launchOptions: await camera({ clip: SMILING_MAN }) });
test.setTimeout(LONG_MS);

test('a camera that is unplugged is told, and comes back when it is switched on again', async ({ page, app }) => {
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const original = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await original(constraints);
      // A device that goes away ends its tracks and tells so; stop() alone tells nobody.
      Object.assign(globalThis, {
        unplug: () => {
          for (const track of stream.getTracks()) {
            track.stop();
            track.dispatchEvent(new Event('ended'));
          }
        },
      });
      return stream;
    };
  });
  await app.openAndAccept();
  await app.go('now');
  await app.faceSense.getByRole('button', { name: words.sense.switchOn }).click();
  await app.expectEstimate();

  await page.evaluate(() => (globalThis as unknown as { unplug: () => void }).unplug());
  await expect(app.faceSense.getByText(words.error['sensor/disconnected'])).toBeVisible();

  await app.faceSense.getByRole('button', { name: words.sense.tryAgain }).click();
  await expect(app.faceSense.getByRole('button', { name: words.sense.switchOff })).toBeVisible({ timeout: FIRST_ESTIMATE_MS });
});
