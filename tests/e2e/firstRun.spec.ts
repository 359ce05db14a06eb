import { camera, expect, LONG_MS, SMILING_MAN, test, words } from './app';

test.use({ launchOptions: await camera({ clip: SMILING_MAN }) });
test.setTimeout(LONG_MS);

/** Counts what the page asks of the camera, from the very first script on. */
test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const original = mediaDevices.getUserMedia.bind(mediaDevices);
    Object.assign(globalThis, { cameraCalls: 0 });
    mediaDevices.getUserMedia = (constraints) => {
      (globalThis as unknown as { cameraCalls: number }).cameraCalls += 1;
      return original(constraints);
    };
  });
});

test('nothing senses before the notice is accepted, and only what was chosen after it', async ({ page, app }) => {
  const cameraCalls = () => page.evaluate(() => (globalThis as unknown as { cameraCalls: number }).cameraCalls);
  await page.goto('/');
  await expect(page.getByRole('heading', { name: words.first.title })).toBeVisible();
  for (const said of [words.first.local, words.first.unsure, words.first.limits]) await expect(page.getByText(said)).toBeVisible();
  await page.goto('/#/library'); // the notice cannot be walked around
  await expect(page.getByRole('heading', { name: words.first.title })).toBeVisible();
  expect(await cameraCalls()).toBe(0);

  await page.getByRole('button', { name: words.first.continue, exact: true }).click();
  await app.go('now');
  await expect(app.faceSense).toBeVisible();
  expect(await cameraCalls()).toBe(0);

  await app.faceSense.getByRole('button', { name: words.sense.switchOn }).click();
  await app.expectEstimate();
  expect(await cameraCalls()).toBeGreaterThan(0);

  await page.reload();
  await expect(page.getByRole('heading', { name: words.first.title })).toBeHidden();
  await expect(app.faceSense).toBeVisible();
  expect(await cameraCalls(), 'a camera is never switched on by a reload').toBe(0);
});

test('the camera can be chosen in the notice and stopped by Escape twice', async ({ page, app }) => {
  await page.goto('/');
  await page
    .getByRole('switch', { name: words.first.face })
    .or(page.getByRole('checkbox', { name: words.first.face }))
    .click();
  await page.getByRole('button', { name: words.first.continueFace }).click();
  await app.go('now');
  await app.expectEstimate();
  await expect(app.stopSensing).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(app.faceSense.getByRole('button', { name: words.sense.switchOn })).toBeVisible();
});
