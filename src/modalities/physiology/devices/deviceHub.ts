import type { CancelSignal, EpochMs, Milliseconds, Timed, UnitInterval } from '../../../core/units';
import type { PhysiologyFrame } from '../frame';
import { waitFor } from './backOff';
import type { DeviceLink, PhysiologyDevice } from './device';
import { mergeFrames } from './mergeFrames';
import { SourceChoice } from './sourceChoice';

/** What comes within this time of a packet waits, and goes on as one. */
const GATHER_MS: Milliseconds = 100;

/** A device as it stands now; replaced whole at each change. */
export interface DeviceStatus {
  readonly device: PhysiologyDevice;
  readonly link: DeviceLink;
  /** null until it tells. */
  readonly battery: UnitInterval | null;
  /** As its last packet said; null when it cannot tell. */
  readonly hasContact: boolean | null;
  readonly lastAt: EpochMs | null;
}

export interface HubListener {
  onDevices?(devices: readonly DeviceStatus[]): void;
  /** What the devices may say, one speaker for each quantity. */
  onFrame?(frame: Timed<PhysiologyFrame>): void;
}

/** All devices of the body, joined to one stream. They live here, so that switching the sense off and on loses none. */
export class DeviceHub {
  readonly #statuses = new Map<string, DeviceStatus>();
  readonly #listeners = new Set<HubListener>();
  readonly choice = new SourceChoice();

  get devices(): readonly DeviceStatus[] {
    return [...this.#statuses.values()];
  }

  listen(listener: HubListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Connects a device; one with the same id makes way. */
  add(device: PhysiologyDevice): void {
    this.#put(device, { kind: 'connecting' });
    this.#open(device);
  }

  /** Takes in a device without opening it: nothing is read before somebody says so. */
  remember(device: PhysiologyDevice): void {
    this.#put(device, { kind: 'closed' });
    this.#tell();
  }

  /** Opens a device again that was closed, failed, or is waiting for its next try. */
  reopen(id: string): void {
    const status = this.#statuses.get(id);
    if (!status) return;
    status.device.close();
    this.#change(id, { link: { kind: 'connecting' } });
    this.#open(status.device);
  }

  /** Lets go of a device but remembers it. */
  close(id: string): void {
    this.#statuses.get(id)?.device.close();
    this.#change(id, { link: { kind: 'closed' }, hasContact: null, lastAt: null });
  }

  remove(id: string): void {
    const status = this.#statuses.get(id);
    if (!status) return;
    this.#statuses.delete(id);
    this.choice.remove(id);
    status.device.close();
    this.#tell();
  }

  closeAll(): void {
    for (const id of this.#statuses.keys()) this.close(id);
  }

  /** What the devices say from now on, until `signal` aborts. */
  async *frames(signal: CancelSignal): AsyncGenerator<Timed<PhysiologyFrame>, void> {
    const waiting: Timed<PhysiologyFrame>[] = [];
    let wake = () => {};
    const stop = this.listen({
      onFrame: (frame) => {
        const last = waiting.at(-1);
        const merged = last && mergeFrames(last, frame);
        if (merged) waiting.splice(-1, 1, merged);
        else waiting.push(frame);
        wake();
      },
    });
    const onAbort = () => wake();
    signal.addEventListener('abort', onAbort);
    try {
      while (!signal.aborted) {
        if (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        yield* waiting.splice(0);
        // A board speaks up to a hundred times a second; waking the worker for each packet costs more than reading it.
        await waitFor(GATHER_MS, signal);
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      stop();
    }
  }

  #put(device: PhysiologyDevice, link: DeviceLink): void {
    this.remove(device.id);
    this.#statuses.set(device.id, { device, link, battery: null, hasContact: null, lastAt: null });
    this.choice.add(device.id, device.kind);
  }

  #open(device: PhysiologyDevice): void {
    const { id } = device;
    device.open({
      onLink: (link) => this.#change(id, { link, ...(link.kind === 'connected' ? {} : { hasContact: null, lastAt: null }) }),
      onBattery: (battery) => this.#change(id, { battery }),
      onFrame: (frame) => this.#accept(id, frame),
    });
    this.#tell();
  }

  #accept(id: string, frame: Timed<PhysiologyFrame>): void {
    const before = this.#statuses.get(id);
    if (!before) return;
    const { hasContact } = frame.value;
    this.#statuses.set(id, { ...before, lastAt: frame.at, hasContact });
    // Packets come many times a second: the screen is told of the device itself only when something about it changes.
    if (before.hasContact !== hasContact || before.lastAt === null) this.#tell();
    const admitted = this.choice.admit(frame);
    if (admitted) for (const listener of this.#listeners) listener.onFrame?.(admitted);
  }

  #change(id: string, change: Partial<DeviceStatus>): void {
    const before = this.#statuses.get(id);
    if (!before) return;
    this.#statuses.set(id, { ...before, ...change });
    this.#tell();
  }

  #tell(): void {
    const { devices } = this;
    for (const listener of this.#listeners) listener.onDevices?.(devices);
  }
}
