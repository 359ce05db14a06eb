import type { EpochMs, Milliseconds, Timed } from '../../../core/units';
import type { PhysiologyFrame } from '../frame';
import type { Stretch } from '../recordings/replay/stretches';
import type { DeviceEvents, PhysiologyDevice } from './device';

export const RECORDED_ID = 'recording';

export interface RecordedDeviceOptions {
  readonly name: string;
  readonly stretch: Stretch;
  /** The packets of a part, `to` left out. */
  readonly packets: (part: Stretch) => Promise<readonly Timed<PhysiologyFrame>[]>;
  /** Monotonic. */
  readonly clock: () => Milliseconds;
  /** It was played to its end, was closed, or could not be read on. */
  readonly onEnd: (error: unknown) => void;
}

const STEP: Milliseconds = 100;
/** Recorded time that is fetched at once, and how close its end may come. */
const FETCHED: Milliseconds = 300_000;
const RESERVE: Milliseconds = 120_000;

/**
 * A recording that is played like a device, at any speed. Its packets keep the time at which they were measured: whoever shows them
 * must go by `heardTo`, and mark them as a recording.
 */
export class RecordedDevice implements PhysiologyDevice {
  readonly id = RECORDED_ID;
  readonly kind = 'recording';
  readonly isSimulated = false;
  #speed = 1;
  #isPaused = false;
  /** Where it stood when speed or pause last changed, and when that was. */
  #anchor: { readonly at: EpochMs; readonly clock: Milliseconds };
  #waiting: Timed<PhysiologyFrame>[] = [];
  #fetchedTo: EpochMs;
  #heardTo: EpochMs;
  #isFetching = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #events: DeviceEvents | null = null;

  constructor(private readonly options: RecordedDeviceOptions) {
    const { from } = options.stretch;
    this.#anchor = { at: from, clock: options.clock() };
    this.#fetchedTo = from;
    this.#heardTo = from;
  }

  get name(): string {
    return this.options.name;
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#settle();
    this.#speed = speed;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  set isPaused(isPaused: boolean) {
    this.#settle();
    this.#isPaused = isPaused;
  }

  /** The recorded moment that is played now. Never ahead of what was fetched: a slow disk is no leap. */
  now(): EpochMs {
    const { at, clock } = this.#anchor;
    const moved = this.#isPaused ? 0 : (this.options.clock() - clock) * this.#speed;
    return Math.min(at + moved, this.#fetchedTo, this.options.stretch.to + 1000);
  }

  /** Up to where its packets were given: what they say is of this moment, however fast it is played. */
  get heardTo(): EpochMs {
    return this.#heardTo;
  }

  /** Plays from the start. */
  open(events: DeviceEvents): void {
    clearInterval(this.#timer);
    const { from } = this.options.stretch;
    this.#anchor = { at: from, clock: this.options.clock() };
    this.#waiting = [];
    this.#fetchedTo = from;
    this.#heardTo = from;
    this.#events = events;
    events.onLink({ kind: 'connected' });
    this.#timer = setInterval(() => this.#step(), STEP);
    this.#step();
  }

  close(): void {
    if (!this.#events) return;
    this.#end(null);
  }

  #settle(): void {
    this.#anchor = { at: this.now(), clock: this.options.clock() };
  }

  #step(): void {
    const now = this.now();
    // Held back by the disk, it goes on from where it stands.
    if (now === this.#fetchedTo) this.#settle();
    for (let next = this.#waiting[0]; next && next.at <= now; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#heardTo = next.at;
      this.#events?.onFrame(next);
    }
    this.#heardTo = now;
    const isFetched = this.#fetchedTo > this.options.stretch.to;
    if (!isFetched && this.#fetchedTo - now < RESERVE * Math.max(1, this.#speed / 8)) void this.#fetch();
    if (isFetched && this.#waiting.length === 0) this.#finish();
  }

  #finish(): void {
    const events = this.#events;
    this.#end(null);
    events?.onLink({ kind: 'closed' });
  }

  async #fetch(): Promise<void> {
    if (this.#isFetching) return;
    this.#isFetching = true;
    const events = this.#events;
    const from = this.#fetchedTo;
    // Whole seconds from the start on, since each packet is one.
    const to = from + FETCHED;
    try {
      const packets = await this.options.packets({ from, to: Math.min(to, this.options.stretch.to + 1) });
      if (events !== this.#events) return;
      this.#waiting.push(...packets);
      this.#fetchedTo = to;
    } catch (error) {
      if (events === this.#events) this.#end(error);
    } finally {
      this.#isFetching = false;
    }
  }

  #end(error: unknown): void {
    clearInterval(this.#timer);
    this.#events = null;
    this.#waiting = [];
    this.options.onEnd(error);
  }
}
