import { codeOf } from '../../../core/errors';
import type { EpochMs, Milliseconds } from '../../../core/units';
import { RECORDED_ID, RecordedDevice } from '../../../modalities/physiology/devices/recordedDevice';
import type { PhysiologyDevice } from '../../../modalities/physiology/devices/device';
import type { SyncInDatabase } from '../../../storage/db';
import { putRecording } from '../../../storage/rows/journal/recordings';
import type { RecordingHost } from '../../../workers/recording/recordingHost';
import type { NoticesContract } from '../../contracts';
import type { OpenedRecording, Playing, RecordedPart, RecordingContract, RecordingState } from './recordingContract';

interface Needs {
  readonly host: RecordingHost;
  /** null: nothing can be kept. */
  readonly db: SyncInDatabase | null;
  readonly notices: NoticesContract;
  readonly now: () => EpochMs;
  /** Monotonic. */
  readonly clock: () => Milliseconds;
  /** Makes it the device that is listened to. */
  readonly listen: (device: PhysiologyDevice) => void;
  readonly forget: (id: string) => void;
}

const NONE: RecordingState = { kind: 'none' };
const POSITION_EVERY_MS: Milliseconds = 250;

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
const nameOf = ([first, ...more]: readonly File[]): string => {
  if (!first) return '';
  // Files of a chosen folder know its name.
  const folder = first.webkitRelativePath.split('/')[0];
  return more.length > 0 && folder ? folder : first.name;
};
/** Of several parts the longest says most. */
const longest = (parts: readonly RecordedPart[]): RecordedPart | undefined => parts.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];

/** One recording at a time: read in its worker, shown as curves, played as a device. */
export class RecordingStore implements RecordingContract {
  #state = $state.raw<RecordingState>(NONE);
  #playing = $state.raw<Playing | null>(null);
  #device: RecordedDevice | null = null;
  #speed = 1;
  #ticking: ReturnType<typeof setInterval> | undefined;
  /** Ends what is done for the recording that is open, or for its part. */
  #reading = new AbortController();
  #judging = new AbortController();

  constructor(private readonly needs: Needs) {}

  get state(): RecordingState {
    return this.#state;
  }

  get playing(): Playing | null {
    return this.#playing;
  }

  /** The recorded moment that the readings are of; null while none is played. */
  get moment(): EpochMs | null {
    return this.#device?.heardTo ?? null;
  }

  async open(files: readonly File[]): Promise<void> {
    this.close();
    const { signal } = this.#reading;
    const name = nameOf(files);
    this.#state = { kind: 'reading', name, readBytes: 0, totalBytes: files.reduce((sum, { size }) => sum + size, 0) };
    try {
      const { whole, stretches, ...overview } = await this.needs.host.read(files, signal, (progress) => {
        if (!signal.aborted) this.#state = { kind: 'reading', name, ...progress };
      });
      if (signal.aborted) return;
      const part = longest(stretches) ?? whole;
      this.#state = { kind: 'open', name, ...overview, parts: stretches, part, summary: null, judging: null, stress: null, isKept: false };
      await this.choosePart(part);
    } catch (error) {
      if (!signal.aborted && !isAbort(error)) this.#fail(name, error);
    }
  }

  async choosePart(part: RecordedPart): Promise<void> {
    const opened = this.#state;
    if (opened.kind !== 'open') return;
    this.stop();
    this.#judging.abort();
    this.#judging = new AbortController();
    const { signal } = this.#judging;
    this.#change({ part, summary: null, stress: null, judging: 0, isKept: false });
    try {
      const summary = await this.needs.host.summarise(part);
      if (signal.aborted) return;
      this.#change({ summary });
      const stress = await this.needs.host.judge(part, signal, (judging) => {
        if (!signal.aborted) this.#change({ judging });
      });
      if (!signal.aborted) this.#change({ stress, judging: null });
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      // Without its model the sense says nothing; what was measured can still be seen.
      if (codeOf(error).startsWith('model/')) this.#change({ judging: null });
      else this.#fail(opened.name, error);
    }
  }

  play(): void {
    const opened = this.#state;
    if (opened.kind !== 'open') return;
    if (this.#device) this.#device.isPaused = false;
    else {
      const { host, clock } = this.needs;
      const device = new RecordedDevice({
        ...{ clock, name: opened.name, stretch: opened.part },
        packets: (part) => host.packets(part, RECORDED_ID),
        onEnd: (error) => this.#ended(device, error),
      });
      device.speed = this.#speed;
      this.#device = device;
      this.#ticking = setInterval(() => this.#tick(), POSITION_EVERY_MS);
      this.needs.listen(device);
    }
    this.#tick();
  }

  pause(): void {
    if (this.#device) this.#device.isPaused = true;
    this.#tick();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    if (this.#device) this.#device.speed = speed;
    this.#tick();
  }

  stop(): void {
    if (this.#device) this.needs.forget(RECORDED_ID);
  }

  async keep(): Promise<void> {
    const opened = this.#state;
    const { db, notices, now } = this.needs;
    if (opened.kind !== 'open' || !opened.summary || opened.isKept) return;
    const { name, format, isDated, summary, stress } = opened;
    try {
      if (db) await putRecording(db, { keptAt: now(), name, format, isDated, summary, stress });
      this.#change({ isKept: db !== null });
    } catch (error) {
      notices.problem(codeOf(error));
    }
  }

  close(): void {
    this.stop();
    this.#reading.abort();
    this.#judging.abort();
    this.#reading = new AbortController();
    if (this.#state.kind !== 'none') this.needs.host.stop();
    this.#state = NONE;
  }

  #ended(device: RecordedDevice, error: unknown): void {
    if (this.#device !== device) return;
    clearInterval(this.#ticking);
    this.#device = null;
    this.#playing = null;
    if (error !== null && this.#state.kind === 'open') this.#fail(this.#state.name, error);
    this.needs.forget(RECORDED_ID);
  }

  #tick(): void {
    const device = this.#device;
    this.#playing = device && { position: device.now(), speed: device.speed, isPaused: device.isPaused };
  }

  #change(change: Partial<Omit<OpenedRecording, 'kind'>>): void {
    if (this.#state.kind === 'open') this.#state = { ...this.#state, ...change };
  }

  /** Nothing of it is left in the worker, so that the next file begins with a fresh one. */
  #fail(name: string, error: unknown): void {
    this.stop();
    this.needs.host.stop();
    this.#state = { kind: 'failed', name, code: codeOf(error) };
  }
}
