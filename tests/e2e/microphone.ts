import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Locator, type Page } from '@playwright/test';
import { provideReadStores } from '../../evaluation/browser/readStores';
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/lib/findChromium.mjs';
import { seededRandom } from '../../src/core/random';
import { SyncIn, Watch, words } from './app';

/** 16-bit mono wav. @param sampleAt value in [-1, 1] of each sample */
export function wavBytes(sampleRate: number, seconds: number, sampleAt: (time: number) => number): Buffer {
  const n = Math.round(sampleRate * seconds);
  const bytes = Buffer.alloc(44 + 2 * n);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + 2 * n, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(2 * sampleRate, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(2 * n, 40);
  for (let i = 0; i < n; i++) bytes.writeInt16LE(Math.round(32_767 * Math.max(-1, Math.min(1, sampleAt(i / sampleRate)))), 44 + 2 * i);
  return bytes;
}

export const silence = (sampleRate: number): Buffer => wavBytes(sampleRate, 4, () => 0);

export function whiteNoise(sampleRate: number): Buffer {
  const random = seededRandom(5);
  return wavBytes(sampleRate, 4, () => 0.2 * (2 * random() - 1));
}

/** A slow organ: two chords with five harmonics each. */
export const music = (sampleRate: number): Buffer =>
  wavBytes(sampleRate, 4, (time) => {
    const roots = time % 2 < 1 ? [220, 277.2, 329.6] : [246.9, 311.1, 370];
    let sum = 0;
    for (const root of roots) for (let k = 1; k <= 5; k++) sum += Math.sin(2 * Math.PI * root * k * time) / k;
    return 0.1 * sum;
  });

const SPEECH = join(import.meta.dirname, '../../../shared/data/voice/ravdess');

/** Acted clips as files, where this machine has them and can decode them; else null. */
export function speechClips(): string | null {
  return existsSync(SPEECH) && readdirSync(SPEECH).length > 1000 ? SPEECH : null;
}

/** Half a second of silence, then a clip, as wav. */
export function decodeClip(name: string): Buffer {
  const from = ['-v', 'error', '-i', join(SPEECH, name)];
  return execFileSync('ffmpeg', [...from, '-af', 'adelay=500,apad=pad_dur=1', '-ac', '1', '-ar', '48000', '-f', 'wav', '-'], {
    maxBuffer: 2 ** 26,
  });
}

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
