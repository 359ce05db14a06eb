import type { Page } from '@playwright/test';
import { expect, FIRST_ESTIMATE_MS, LONG_MS, SyncIn, test, words } from './app';
import { switchOn, voiceRow } from './microphone';

test.setTimeout(LONG_MS);

/** What the page may be told to do to its microphone. */
interface Hands {
  readonly unplug: () => void;
  /** As a headset does when it begins to be used as one. */
  readonly changeRate: () => void;
  readonly suspend: () => Promise<void>;
  readonly opened: () => number;
}
type Handed = { readonly hands: Hands };

/** Runs in the page before the app: keeps what the app opens, so that the test can meddle with it. */
function takeHold(): void {
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  const streams: MediaStream[] = [];
  const contexts: AudioContext[] = [];
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    streams.push(stream);
    return stream;
  };
  globalThis.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(this);
    }
  };
  const track = () => streams.at(-1)?.getAudioTracks()[0];
  const hands: Hands = {
    unplug() {
      // A device that goes away ends its tracks and tells so; stop() alone tells nobody.
      track()?.stop();
      track()?.dispatchEvent(new Event('ended'));
    },
    changeRate() {
      const last = track();
      if (last) last.getSettings = () => ({ sampleRate: 8000 });
      mediaDevices.dispatchEvent(new Event('devicechange'));
    },
    suspend: async () => contexts.at(-1)?.suspend(),
    opened: () => streams.length,
  };
  Object.assign(globalThis, { hands });
}

/** The fake microphone of Chromium beeps, which is no speech. */
async function expectListening(page: Page): Promise<void> {
  await expect(voiceRow(page)).toHaveAttribute('data-state', 'absent', { timeout: FIRST_ESTIMATE_MS });
  await expect(voiceRow(page).getByRole('meter')).toBeVisible();
}

test.beforeEach(async ({ page, app }) => {
  await page.addInitScript(takeHold);
  await app.openAndAccept();
  await app.go('now');
  await switchOn(page);
  await expectListening(page);
});

test('a microphone that is unplugged is told, and comes back when it is switched on again', async ({ page }) => {
  await page.evaluate(() => (globalThis as unknown as Handed).hands.unplug());
  await expect(voiceRow(page).getByText(words.error['sensor/disconnected'])).toBeVisible();
  await voiceRow(page).getByRole('button', { name: words.sense.tryAgain }).click();
  await expectListening(page);
});

test('a second tab is told where the microphone is, and gets it when it is free', async ({ page, context }) => {
  const second = await context.newPage();
  await second.goto('/#/now');
  await switchOn(second);
  await expect(voiceRow(second).getByText(words.error['sensor/other-tab'])).toBeVisible({ timeout: FIRST_ESTIMATE_MS });
  await expectListening(page);
  await new SyncIn(page).stopSensing.click();
  await expect(voiceRow(page)).toHaveAttribute('data-state', 'off');
  await voiceRow(second).getByRole('button', { name: words.sense.tryAgain }).click();
  await expectListening(second);
});

test('a microphone that changes its sample rate is opened anew, and listening goes on', async ({ page }) => {
  const opened = () => page.evaluate(() => (globalThis as unknown as Handed).hands.opened());
  expect(await opened()).toBe(1);
  await page.evaluate(() => (globalThis as unknown as Handed).hands.changeRate());
  await expect.poll(opened).toBe(2);
  await expectListening(page);
  await expect(page.getByTestId('notice')).toHaveCount(0);
});

test('an audio context that was put to sleep is told, and wakes with the next click', async ({ page }) => {
  await page.evaluate(() => (globalThis as unknown as Handed).hands.suspend());
  await expect(voiceRow(page).getByText(words.voice.asleep)).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await expect(voiceRow(page).getByText(words.voice.asleep)).toBeHidden();
  await expectListening(page);
});
