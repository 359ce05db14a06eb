import type { DeviceEvents, PhysiologyDevice } from '../../src/modalities/physiology/devices/device';
import type { KeptDevice } from '../../src/modalities/physiology/devices/keptDevice';
import type { PhysiologyDeviceKind } from '../../src/modalities/physiology/frame';
import { NO_READINGS, type Readings } from '../../src/modalities/physiology/readings';
import type { BodyStore } from '../../src/stores/sensing/body/body.svelte';

type Needs = ConstructorParameters<typeof BodyStore>[0];

/** A device that the test speaks for. */
export interface Puppet {
  readonly device: PhysiologyDevice;
  readonly opened: () => number;
  connect(): void;
  lose(): void;
  say(at: number, readings: Partial<Readings>): void;
  tell(act: (events: DeviceEvents) => void): void;
}

export function createPuppet(id: string, kind: Exclude<PhysiologyDeviceKind, 'recording'>, rest: Partial<PhysiologyDevice> = {}): Puppet {
  let events: DeviceEvents | null = null;
  let opened = 0;
  const kept: KeptDevice = { id, kind, name: id, board: null };
  const tell: Puppet['tell'] = (act) => events && act(events);
  return {
    device: {
      ...{ id, kind, kept, name: id, isSimulated: false },
      open(given) {
        opened++;
        events = given;
      },
      close: () => (events = null),
      ...rest,
    },
    opened: () => opened,
    tell,
    connect: () => tell((to) => to.onLink({ kind: 'connected' })),
    lose: () => tell((to) => to.onLink({ kind: 'reconnecting', attempt: 1 })),
    say: (at, readings) => tell((to) => to.onFrame({ at, value: { ...NO_READINGS, ...readings, deviceId: id, kind } })),
  };
}

/** A worker that reads no recordings and knows nobody's rest. */
export const IDLE_HOSTS: Pick<Needs, 'host' | 'recordings'> = {
  host: { baseline: () => Promise.resolve(null) },
  recordings: {
    read: () => Promise.reject(new Error('no recording')),
    summarise: () => Promise.reject(new Error('no recording')),
    judge: () => Promise.resolve(null),
    packets: () => Promise.resolve([]),
    stop: () => {},
  },
};
