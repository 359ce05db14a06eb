import type { EpochMs } from '../../../core/units';
import type { PhysiologyDevice } from '../../../modalities/physiology/devices/device';
import type { KeptDevice } from '../../../modalities/physiology/devices/keptDevice';
import type { DemoDeviceId, PairedKind } from '../../contracts';

/** Device code, loaded when it is needed only. */
export interface DeviceMakers {
  /** Opens the browser's picker. @param kept the device that is to be chosen again; read as it was */
  request(kind: PairedKind, kept?: KeptDevice): Promise<PhysiologyDevice | null>;
  /** A device of an earlier visit without asking; null when it is not there, or has to be chosen again. */
  recall(kept: KeptDevice): Promise<PhysiologyDevice | null>;
  simulate(id: DemoDeviceId): Promise<PhysiologyDevice>;
}

interface Surroundings {
  readonly now: () => EpochMs;
  readonly seed: () => number;
}

/** The real devices and the simulated ones. */
export function createDeviceMakers({ now, seed }: Surroundings): DeviceMakers {
  const openBoards = async () => {
    const { SerialBoards } = await import('../../../modalities/physiology/serial/requestSerial');
    return new SerialBoards({ now, newId: () => `serial-${seed().toString(36)}` });
  };
  let boards: ReturnType<typeof openBoards> | null = null;
  const bluetooth = () => import('../../../modalities/physiology/bluetooth/requestBluetooth');
  return {
    async request(kind, kept) {
      if (kind === 'serial') return (await (boards ??= openBoards())).request(kept);
      return (await bluetooth()).requestBluetooth(kind, now, kept?.name);
    },
    async recall(kept) {
      if (kept.kind === 'serial') return (await (boards ??= openBoards())).recall(kept);
      return (await bluetooth()).recallBluetooth(kept.id, kept.kind, now);
    },
    async simulate(device) {
      const { createDemoDevice } = await import('../../../modalities/physiology/devices/demoDevice');
      return createDemoDevice({ device, seed: seed(), now });
    },
  };
}
