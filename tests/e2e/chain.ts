import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { madeSpeech } from '../../evaluation/voice/bench/sounds';
import { restOf, type SavedBaseline } from '../../src/modalities/physiology/baseline';
import { HEART_FEATURES, heartFeatures } from '../../src/modalities/physiology/features';
import { simulateDevice } from '../../src/modalities/physiology/simulate';
import { HeartSeries } from '../../src/modalities/physiology/vitals/heartSeries';
import type { EmulatedBluetooth } from './bluetooth';

/** The made speech as a file that a fake microphone plays. */
export function speechFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'syncin-chain-')), 'speech.wav');
  writeFileSync(file, madeSpeech());
  return file;
}

const REST_SECONDS = 330;
const REST_STEP_MS = 30_000;

/** What an earlier visit would have kept of the simulated person's two quiet minutes. */
function restOfSimulated(now: number): SavedBaseline {
  const { preprocess } = JSON.parse(readFileSync(join(import.meta.dirname, '../../models/physiology-arousal/manifest.json'), 'utf8')) as {
    preprocess: { std: number[] };
  };
  const series = new HeartSeries();
  const startAt = now - 86_400_000;
  for (const frame of simulateDevice('heart-strap', { seed: 4, startAt, arousalAt: () => -0.6 })) {
    if (frame.at > startAt + REST_SECONDS * 1000) break;
    series.push(frame);
  }
  const until = startAt + REST_SECONDS * 1000;
  const rows = [2, 1, 0].map((step) => heartFeatures(series.windowUntil(until - step * REST_STEP_MS, -Infinity).values));
  return { version: 2, since: until, parts: { heart: restOf(rows, preprocess.std.slice(0, HEART_FEATURES)) } };
}

/** Gives the page a rest that was recorded yesterday, and loads it again. */
export async function returnWithRest(page: Page): Promise<void> {
  await page.evaluate(
    async (bodyBaseline) => {
      const opened = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('syncin');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('the database cannot be opened'));
      });
      await new Promise<void>((resolve, reject) => {
        const store = opened.transaction('settings', 'readwrite').objectStore('settings');
        const reading = store.get('settings');
        reading.onsuccess = () => {
          const writing = store.put({ ...(reading.result as object), bodyBaseline }, 'settings');
          writing.onsuccess = () => resolve();
          writing.onerror = () => reject(new Error('the settings cannot be written'));
        };
      });
      opened.close();
    },
    JSON.stringify(restOfSimulated(Date.now())),
  );
  await page.reload();
}

const RR_UNITS_PER_SECOND = 1024;

/** A strap that somebody wears: one Heart Rate Measurement a second, with its RR intervals, until it is taken off. */
export class WornStrap {
  #isWorn = true;
  #talking: Promise<void>;

  constructor(
    private readonly bluetooth: EmulatedBluetooth,
    private readonly address: string,
  ) {
    this.#talking = this.#talk();
  }

  async takeOff(): Promise<void> {
    this.#isWorn = false;
    await this.#talking;
  }

  async #talk(): Promise<void> {
    const packets = simulateDevice('heart-strap', { seed: 11, startAt: 0, arousalAt: () => 0.5 });
    let dueAt = Date.now();
    while (this.#isWorn) {
      const { heartRate, rrIntervals } = packets.next().value.value;
      const intervals = rrIntervals.map((ms) => Math.round((ms * RR_UNITS_PER_SECOND) / 1000));
      const bytes = intervals.flatMap((units) => [units & 0xff, units >> 8]);
      if (heartRate !== null) await this.bluetooth.send(this.address, [0x16, heartRate, ...bytes]).catch(() => undefined);
      dueAt += 1000;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - Date.now())));
    }
  }
}

/** What the page may be told to do to its camera and microphone. */
interface Plugs {
  readonly unplug: (kind: 'video' | 'audio') => void;
}

/** Runs in the page before the app: keeps the tracks that the app opens, so that the test can pull their plugs. */
export function keepPlugs(): void {
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  const tracks: MediaStreamTrack[] = [];
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
  const plugs: Plugs = {
    unplug(kind) {
      const track = tracks.findLast((one) => one.kind === kind);
      // A device that goes away ends its tracks and tells so; stop() alone tells nobody.
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
    },
  };
  Object.assign(globalThis, { plugs });
}

export const unplug = (page: Page, kind: 'video' | 'audio'): Promise<void> =>
  page.evaluate((wanted) => (globalThis as unknown as { plugs: Plugs }).plugs.unplug(wanted), kind);
