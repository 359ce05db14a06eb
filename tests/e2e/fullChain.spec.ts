import type { Locator, Page } from '@playwright/test';
import { DEMO_PIECES } from '../../src/library/demo/demoPieces';
import { camera, expect, FIRST_ESTIMATE_MS, LONG_MS, SMILING_MAN, type SyncIn, test, words } from './app';
import { EmulatedBluetooth } from './bluetooth';
import { keepPlugs, returnWithRest, speechFile, unplug, WornStrap } from './chain';
import { Writing } from './writing';

const launch = await camera({ clip: SMILING_MAN });
test.use({ launchOptions: { ...launch, args: [...launch.args, `--use-file-for-fake-audio-capture=${speechFile()}`] } });
test.setTimeout(LONG_MS);

const STRAP = { address: '0A:0A:0A:0A:0A:07', name: 'Strap Seven' };
const SENSES = ['face', 'voice', 'text', 'physiology'] as const;
type Sense = (typeof SENSES)[number];

const rowOf = (page: Page, sense: Sense): Locator => page.getByTestId(`sense-${sense}`);
const button = (page: Page, sense: Sense, name: string): Locator => rowOf(page, sense).getByRole('button', { name });

/** What each live row draws of its weight, 0..1; 0 for one that has nothing to say. */
async function weights(page: Page): Promise<readonly number[]> {
  return Promise.all(
    SENSES.map(async (sense) => {
      const meter = rowOf(page, sense).getByRole('meter', { name: words.sense.weightOf.replace('{sense}', words.sense[sense]) });
      const drawn = await meter
        .locator('.meter i')
        .evaluateAll((bars) => bars.map((bar) => (bar as HTMLElement).style.getPropertyValue('--p')));
      return Number(drawn[0] ?? 0);
    }),
  );
}

let bluetooth: EmulatedBluetooth;
test.afterEach(() => bluetooth.stop());

/** Everything on: a smiling man before the camera, somebody who speaks, a sentence, a strap, and ten songs to choose from. */
async function switchEverythingOn(page: Page, app: SyncIn): Promise<WornStrap> {
  await page.addInitScript(keepPlugs);
  await app.openAndAccept();
  await returnWithRest(page);
  await bluetooth.afterReload();
  await app.go('now');
  await bluetooth.advertise(STRAP);
  await bluetooth.answerPicker(STRAP.address);
  await button(page, 'physiology', words.sense.switchOn).click();
  await page.getByTestId('connect-heart-strap').click();
  await expect(page.getByTestId('device')).toHaveAttribute('data-link', 'connected');
  // Its first minute of beats fills while the rest is switched on.
  const strap = new WornStrap(bluetooth, STRAP.address);
  for (const sense of ['face', 'voice', 'text'] as const) await button(page, sense, words.sense.switchOn).click();
  const entry = await new Writing(page).write('I am so happy that you are here!');
  await expect(entry).toHaveAttribute('data-emotion', 'happiness', { timeout: FIRST_ESTIMATE_MS });
  await app.useDemoSongs();
  await app.expectAnalysed(DEMO_PIECES.length);
  await app.go('now');
  return strap;
}

/** The fused estimate lives on without that sense: it is there, it is no old news, and its sentence gives reasons. */
async function expectLife(page: Page, app: SyncIn): Promise<void> {
  await expect(page.getByTestId('together')).not.toHaveClass(/stale/);
  await expect(app.sentence).toContainText(words.feeling.happiness);
  await expect(page.getByTestId('sentence-why')).toContainText(words.now.whyFace);
}

test('face, voice, words and body are one estimate that survives the loss of each of them and takes it back', async ({ page, app }) => {
  bluetooth = await EmulatedBluetooth.start(page);
  const strap = await switchEverythingOn(page, app);
  await test.step('all four have a say', async () => {
    await expect.poll(async () => Math.min(...(await weights(page))), { timeout: FIRST_ESTIMATE_MS }).toBeGreaterThan(0);
    await expect(app.sentence).toContainText(words.feeling.happiness);
    await expect(app.queueItems.first()).toBeVisible();
  });
  await test.step('the strap is lost, and connects again by itself', async () => {
    await bluetooth.lose(STRAP.address);
    await expect(rowOf(page, 'physiology')).toHaveAttribute('data-state', 'absent');
    await expect(rowOf(page, 'physiology')).toContainText(words.absence.lost);
    await expectLife(page, app);
    bluetooth.comeBack(STRAP.address);
    await expect(page.getByTestId('device')).toHaveAttribute('data-link', 'connected', { timeout: 20_000 });
    await expect(rowOf(page, 'physiology')).not.toContainText(words.absence.lost);
  });
  for (const [sense, kind] of [
    ['voice', 'audio'],
    ['face', 'video'],
  ] as const) {
    await test.step(`${sense} loses its device, and is switched on again`, async () => {
      await unplug(page, kind);
      await expect(rowOf(page, sense)).toHaveAttribute('data-state', 'failed');
      await expect(rowOf(page, sense)).toContainText(words.error['sensor/disconnected']);
      await expect(page.getByTestId('together')).not.toHaveClass(/stale/);
      await button(page, sense, words.sense.tryAgain).click();
      await expect(rowOf(page, sense)).toHaveAttribute('data-state', 'live', { timeout: FIRST_ESTIMATE_MS });
    });
  }
  await test.step('what was written is deleted, and put back', async () => {
    const { entries } = new Writing(page);
    await entries
      .first()
      .getByRole('button', { name: new RegExp(words.write.removeName.replace('{time}', '.*')) })
      .click();
    await expect(rowOf(page, 'text')).toHaveAttribute('data-state', 'absent');
    await expect(rowOf(page, 'text')).toContainText(words.absence['no-text']);
    await expectLife(page, app);
    await page.getByRole('button', { name: words.action.undo }).click();
    await expect(rowOf(page, 'text')).toHaveAttribute('data-state', 'live');
  });
  await test.step('all four again', async () => {
    await expect.poll(async () => Math.min(...(await weights(page))), { timeout: FIRST_ESTIMATE_MS }).toBeGreaterThan(0);
    await expectLife(page, app);
    await expect(app.queueItems.first()).toBeVisible();
  });
  await strap.takeOff();
});
