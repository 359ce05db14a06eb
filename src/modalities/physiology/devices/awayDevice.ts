import type { DeviceEvents, PhysiologyDevice } from './device';
import type { KeptDevice } from './keptDevice';

/** A device of an earlier visit that this page cannot reach now: it is not plugged in, or the browser wants it chosen again. */
export function createAwayDevice(kept: KeptDevice): PhysiologyDevice {
  const { id, name, kind } = kept;
  return {
    ...{ id, name, kind, kept },
    isSimulated: false,
    isAway: true,
    open: (events: DeviceEvents) => events.onLink({ kind: 'closed' }),
    close: () => {},
  };
}
