import type { Bipolar, EpochMs, Milliseconds, Seconds } from '../../../core/units';
import { moodAt, type ScenarioId } from '../../scenarios';
import type { PhysiologyDeviceKind } from '../frame';
import { simulateDevice, type SimulatedDevice } from '../simulate';
import type { DeviceEvents, PhysiologyDevice } from './device';

export interface DemoDeviceOptions {
  readonly device: SimulatedDevice;
  readonly seed: number;
  readonly now: () => EpochMs;
}

/** Calm, then stressed, then calm: what the sense is for. */
const STORY: readonly ScenarioId[] = ['calmEvening', 'angryCommute'];
const SCENARIO_LASTS: Seconds = 240;
const BATTERY = 0.8;
/** A page in the background has slow timers: it catches up with this much at most. */
const MOST_LATE_MS: Milliseconds = 5000;

export function demoArousal(time: Seconds): Bipolar {
  const scenario = STORY[Math.floor(time / SCENARIO_LASTS) % STORY.length] ?? 'calmEvening';
  return moodAt(scenario, time % SCENARIO_LASTS).arousal;
}

/** A device that is not there: plays its simulator in real time. Whoever shows it must mark it as simulated. */
class DemoDevice implements PhysiologyDevice {
  readonly id: string;
  readonly kind: PhysiologyDeviceKind;
  readonly isSimulated = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: DemoDeviceOptions) {
    const { device } = options;
    this.id = `demo-${device}`;
    this.kind = device === 'heart-strap' || device === 'thermometer' ? device : 'serial';
  }

  get name(): string {
    return this.options.device;
  }

  open(events: DeviceEvents): void {
    this.close();
    const { device, seed, now } = this.options;
    const frames = simulateDevice(device, { seed, startAt: now(), deviceId: this.id, arousalAt: demoArousal });
    let next = frames.next().value;
    const step = () => {
      for (; next.at <= now(); next = frames.next().value) if (now() - next.at < MOST_LATE_MS) events.onFrame(next);
      this.#timer = setTimeout(step, Math.max(10, next.at - now()));
    };
    events.onLink({ kind: 'connected' });
    events.onBattery(BATTERY);
    step();
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}

export function createDemoDevice(options: DemoDeviceOptions): PhysiologyDevice {
  return new DemoDevice(options);
}
