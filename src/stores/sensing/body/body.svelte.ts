import { codeOf, type ErrorCode } from '../../../core/errors';
import type { EpochMs, Milliseconds, UnitInterval } from '../../../core/units';
import type { BaselineState } from '../../../modalities/modality';
import type { PhysiologyDevice } from '../../../modalities/physiology/devices/device';
import { DeviceHub, type DeviceStatus } from '../../../modalities/physiology/devices/deviceHub';
import type { SyncInDatabase } from '../../../storage/db';
import type { BoardChange } from '../../../modalities/physiology/devices/keptDevice';
import type { PushResult } from '../../../workers/emotionHandlers';
import type { EmotionHost } from '../../../workers/hosts';
import type { RecordingHost } from '../../../workers/recording/recordingHost';
import type { BodyContract, BodyDevice, BodyReadings, DemoDeviceId, NoticesContract, PairedKind, SettingsContract } from '../../contracts';
import type { SenseFollower } from '../session.svelte';
import type { DeviceMakers } from './deviceMakers';
import { isOpen, isWithinReach, natureOf, viewOf } from './deviceView';
import { LiveReadings } from './liveReadings';
import { PairedDevices } from './pairedDevices';
import { RecordingStore } from './recording.svelte';

interface Needs {
  readonly devices: DeviceMakers;
  readonly host: Pick<EmotionHost, 'baseline'>;
  readonly settings: SettingsContract;
  readonly notices: NoticesContract;
  readonly now: () => EpochMs;
  readonly can: Pick<BodyContract, 'canBluetooth' | 'canSerial'>;
  /** Switches the sense on or off; a device that is chosen is meant to be read. */
  readonly start: () => void;
  readonly stop: () => void;
  /** Nothing is heard of any device: what the sense said last is no news. */
  readonly silence: () => void;
  readonly recordings: RecordingHost;
  /** null: nothing can be kept. */
  readonly db: SyncInDatabase | null;
}

/** The screen follows the readings 25 times a second at most (a board's packets come 20 times), and looks twice a second for those that grew old. */
const PUBLISH_MS: Milliseconds = 40;
const AGE_EVERY_MS: Milliseconds = 500;
const LOW_BATTERY: UnitInterval = 0.15;
const NO_BASELINE: BaselineState = { kind: 'none' };

/** Heart straps, skin sensors and thermometers: which are paired, how they are, and what they read. */
export class BodyStore implements BodyContract, SenseFollower {
  readonly hub = new DeviceHub();
  readonly recording: RecordingStore;
  readonly #paired: PairedDevices;
  readonly #live = new LiveReadings(this.hub.choice);
  #devices = $state.raw<readonly BodyDevice[]>([]);
  #readings = $state.raw<BodyReadings>(this.#live.at(0));
  #baseline = $state.raw<BaselineState>(NO_BASELINE);
  #failure = $state.raw<ErrorCode | null>(null);
  #ageing: ReturnType<typeof setInterval> | undefined;
  #publishing: ReturnType<typeof setTimeout> | undefined;
  #publishedAt: Milliseconds = -Infinity;
  readonly #warned = new Set<string>();

  constructor(private readonly needs: Needs) {
    const { db, notices, now, settings, devices, recordings: host } = needs;
    this.#paired = new PairedDevices({ hub: this.hub, devices, settings });
    this.recording = new RecordingStore({
      ...{ db, notices, now, host },
      clock: () => performance.now(),
      listen: (device) => this.#add(device),
      forget: (id) => void this.forget(id),
    });
    this.hub.listen({
      onDevices: (devices) => this.#follow(devices),
      onFrame: (frame) => {
        this.#live.accept(frame);
        this.#publishSoon();
      },
    });
  }

  get devices(): readonly BodyDevice[] {
    return this.#devices;
  }

  get readings(): BodyReadings {
    return this.#readings;
  }

  get traces(): BodyContract['traces'] {
    return this.#live.traces;
  }

  get baseline(): BaselineState {
    return this.#baseline;
  }

  get failure(): ErrorCode | null {
    return this.#failure;
  }

  get canBluetooth(): boolean {
    return this.needs.can.canBluetooth;
  }

  get canSerial(): boolean {
    return this.needs.can.canSerial;
  }

  get isSimulated(): boolean {
    return this.hub.devices.some(({ device }) => natureOf(device) !== 'real');
  }

  get isRecorded(): boolean {
    return this.hub.devices.some(({ device }) => natureOf(device) === 'recorded');
  }

  /** Offers again what was paired on an earlier visit; nothing is opened. */
  load(): Promise<void> {
    return this.#paired.load();
  }

  /** @returns whether a device was chosen */
  async connect(kind: PairedKind): Promise<boolean> {
    this.#failure = null;
    if (this.needs.settings.value.consentAt === null) return false;
    try {
      const device = await this.needs.devices.request(kind);
      if (device) this.#add(device);
      return device !== null;
    } catch (error) {
      this.#failure = codeOf(error);
      return false;
    }
  }

  async addDemo(id: DemoDeviceId): Promise<void> {
    if (this.needs.settings.value.consentAt !== null) this.#add(await this.needs.devices.simulate(id));
  }

  async reconnect(id: string): Promise<void> {
    const { isAway, kept } = this.#deviceOf(id) ?? {};
    try {
      if (isAway && kept) {
        const device = await this.#paired.reach(kept);
        if (device) this.#add(device);
        return;
      }
    } catch (error) {
      return this.needs.notices.problem(codeOf(error));
    }
    this.hub.reopen(id);
    this.needs.start();
  }

  adjust(id: string, change: BoardChange): void {
    this.#deviceOf(id)?.adjust?.(change);
    this.#follow(this.hub.devices);
    // A board that is open is read anew, as it is told now.
    if (this.hub.devices.some(({ device, link }) => device.id === id && isOpen(link))) this.hub.reopen(id);
  }

  disconnect(id: string): void {
    this.hub.close(id);
    if (!this.hub.devices.some(({ link }) => isOpen(link))) this.needs.stop();
  }

  async forget(id: string): Promise<void> {
    const device = this.#deviceOf(id);
    this.hub.remove(id);
    this.#paired.forget(id);
    if (!this.hub.devices.some(({ link }) => isOpen(link))) this.needs.stop();
    await device?.forget?.();
    await this.#paired.offer();
  }

  calibrate(id: string): void {
    this.needs.notices.inform(this.#deviceOf(id)?.calibrate?.() ? 'calibrated' : 'notCalibrated');
    this.#follow(this.hub.devices);
  }

  /** Opens again what is paired and within reach. @returns false when nothing is: then a device has to be chosen first */
  wake(): boolean {
    const devices = this.hub.devices.filter(({ device }) => !device.isAway);
    for (const { device, link } of devices) if (!isOpen(link)) this.hub.reopen(device.id);
    if (devices.length > 0) this.needs.start();
    return devices.length > 0;
  }

  async startBaseline(): Promise<void> {
    const result = await this.needs.host.baseline({ id: 'physiology', wanted: 'start' });
    if (result) this.#baseline = result.state;
  }

  /** The sense is open in its worker, or open again after a crash: it needs to know its person. */
  async onOpened(): Promise<void> {
    // Whoever wore it then: its first two minutes are their rest.
    if (this.isRecorded) return this.startBaseline();
    const kept = this.needs.settings.value.bodyBaseline;
    // What was learnt from a person does not fit a simulated one.
    if (kept === null || this.isSimulated) return;
    const result = await this.needs.host.baseline({ id: 'physiology', wanted: { restore: JSON.parse(kept) as unknown } });
    if (result) this.#baseline = result.state;
  }

  onResult({ baseline }: PushResult): void {
    const before = this.#baseline.kind;
    if (baseline) this.#baseline = baseline;
    // A worker that was restarted has forgotten its person.
    if (before === 'ready' && baseline?.kind === 'none') void this.onOpened();
    if (before === 'recording' && baseline?.kind === 'ready' && !this.isSimulated) void this.#keepBaseline();
  }

  /** The sense went off: its devices rest, so that no light or radio stays on. */
  onEnd(): void {
    this.hub.closeAll();
    this.#baseline = NO_BASELINE;
    this.#live.clear();
    this.#publish();
  }

  #add(device: PhysiologyDevice): void {
    for (const status of this.hub.devices) if (natureOf(status.device) !== natureOf(device)) this.hub.remove(status.device.id);
    if (this.hub.devices.length === 0) {
      // Nothing of a simulated or recorded body may pass for the user's.
      this.needs.stop();
      this.#live.clear();
    }
    this.hub.add(device);
    this.needs.start();
    void this.#paired.offer();
  }

  #deviceOf(id: string): PhysiologyDevice | undefined {
    return this.hub.devices.find(({ device }) => device.id === id)?.device;
  }

  #follow(statuses: readonly DeviceStatus[]): void {
    this.#devices = statuses.map(viewOf);
    this.#paired.note(statuses);
    for (const { device, battery } of statuses) {
      if (battery === null || battery > LOW_BATTERY || device.isSimulated || this.#warned.has(device.id)) continue;
      this.#warned.add(device.id);
      this.needs.notices.inform('lowBattery', { params: { name: device.name, percent: Math.round(battery * 100) } });
    }
    const isAnyOpen = statuses.some(({ link }) => isOpen(link));
    if (isAnyOpen) this.#ageing ??= setInterval(() => this.#age(), AGE_EVERY_MS);
    else {
      clearInterval(this.#ageing);
      this.#ageing = undefined;
      this.#publish();
    }
  }

  #age(): void {
    this.#devices = this.hub.devices.map(viewOf);
    const now = this.needs.now();
    // A recording has a clock of its own, and may pause.
    const isHeard = this.isRecorded || this.#devices.some((device) => isWithinReach(device, now));
    if (!isHeard) this.needs.silence();
    this.#publish();
  }

  #publishSoon(): void {
    const wait = this.#publishedAt + PUBLISH_MS - performance.now();
    if (wait <= 0) this.#publish();
    else this.#publishing ??= setTimeout(() => this.#publish(), wait);
  }

  #publish(): void {
    clearTimeout(this.#publishing);
    this.#publishing = undefined;
    this.#publishedAt = performance.now();
    this.#readings = this.#live.at(this.recording.moment ?? this.needs.now());
  }

  async #keepBaseline(): Promise<void> {
    const result = await this.needs.host.baseline({ id: 'physiology', wanted: 'save' });
    if (result && result.saved !== null) await this.needs.settings.update({ bodyBaseline: JSON.stringify(result.saved) });
  }
}
