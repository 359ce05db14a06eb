import type { EpochMs } from '../../../core/units';
import type { DeviceMakers } from './body.svelte';

interface Surroundings {
  readonly now: () => EpochMs;
  readonly seed: () => number;
}

/** The real devices and the simulated ones. */
export function createDeviceMakers({ now, seed }: Surroundings): DeviceMakers {
  // Boards have no name of their own that a page may read: they are counted.
  let boards = 0;
  return {
    async request(kind) {
      if (kind !== 'serial') return (await import('../../../modalities/physiology/bluetooth/requestBluetooth')).requestBluetooth(kind, now);
      const { requestSerial } = await import('../../../modalities/physiology/serial/serialDevice');
      return requestSerial({ id: `serial-${++boards}`, now, baudRate: null, plain: 'skin' });
    },
    async simulate(device) {
      const { createDemoDevice } = await import('../../../modalities/physiology/devices/demoDevice');
      return createDemoDevice({ device, seed: seed(), now });
    },
  };
}
