import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Locator, type Page } from '@playwright/test';
import { provideReadStores } from '../../evaluation/browser/readStores';
import { spokenClip } from '../../evaluation/voice/bench/sounds';
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/lib/findChromium.mjs';
import { hasFfmpeg } from '../support/ffmpeg';
import { FIRST_ESTIMATE_MS, SyncIn, Watch, words } from './app';

const SPEECH = join(import.meta.dirname, '../../../shared/data/voice/ravdess');

/** Acted clips as files, where this machine has them and can decode them; else null. */
export function speechClips(): string | null {
  return existsSync(SPEECH) && readdirSync(SPEECH).length > 1000 && hasFfmpeg() ? SPEECH : null;
}

/** A clip as the fake microphone takes it. */
export const decodeClip = (name: string): Buffer => spokenClip(join(SPEECH, name));

/** The voice row of the Now screen. */
export const voiceRow = (page: Page): Locator => page.getByTestId('sense-voice');

export async function switchOn(page: Page): Promise<void> {
  await voiceRow(page).getByRole('button', { name: words.sense.switchOn }).click();
}

/** A browser whose microphone plays a file, over and over, and the app open in it. */
export async function withMicrophone(wav: Buffer, baseURL: string, act: (app: SyncIn, page: Page) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'syncin-microphone-'));
  const file = join(folder, 'sound.wav');
  writeFileSync(file, wav);
  const executablePath = await findChromium();
  const browser = await chromium.launch({
    ...(executablePath !== null && { executablePath }),
    args: [...CHROMIUM_FLAGS, `--use-file-for-fake-audio-capture=${file}`],
  });
  try {
    const context = await browser.newContext({ baseURL });
    const watch = new Watch(context);
    watch.allow(baseURL);
    await context.addInitScript(provideReadStores);
    const page = await context.newPage();
    const app = new SyncIn(page);
    await app.openAndAccept(baseURL);
    await app.go('now');
    await switchOn(page);
    await act(app, page);
    watch.check();
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

/** What the page may be told to do to its microphone. */
interface Hands {
  readonly unplug: () => void;
  /** As a headset does when it begins to be used as one. */
  readonly changeRate: () => void;
  readonly suspend: () => Promise<void>;
  /** How each microphone was asked for, oldest first. */
  readonly asked: () => readonly MediaTrackConstraints[];
  /** Of the newest audio context that hears the microphone. */
  readonly sampleRate: () => number;
}
export type Handed = { readonly hands: Hands };

/** Runs in the page before the app: keeps what the app opens, so that the test can meddle with it. */
export function takeHold(): void {
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  const streams: MediaStream[] = [];
  const asked: MediaTrackConstraints[] = [];
  const contexts: AudioContext[] = [];
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    streams.push(stream);
    asked.push(constraints?.audio as MediaTrackConstraints);
    return stream;
  };
  globalThis.AudioContext = class extends AudioContext {
    override createMediaStreamSource(stream: MediaStream): MediaStreamAudioSourceNode {
      contexts.push(this);
      return super.createMediaStreamSource(stream);
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
    asked: () => asked,
    sampleRate: () => contexts.at(-1)?.sampleRate ?? 0,
  };
  Object.assign(globalThis, { hands });
}

/** The fake microphone of Chromium beeps, which is no speech. */
export async function expectListening(page: Page): Promise<void> {
  await expect(voiceRow(page)).toHaveAttribute('data-state', 'absent', { timeout: FIRST_ESTIMATE_MS });
  await expect(voiceRow(page).getByRole('meter')).toBeVisible();
}
