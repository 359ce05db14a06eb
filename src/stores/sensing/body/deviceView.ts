import type { EpochMs, Milliseconds } from '../../../core/units';
import type { DeviceLink, PhysiologyDevice } from '../../../modalities/physiology/devices/device';
import type { DeviceStatus } from '../../../modalities/physiology/devices/deviceHub';
import type { BodyDevice } from '../../contracts';

/** A device that said nothing for so long is not heard. */
const SILENCE_MS: Milliseconds = 10_000;

/** What each kind says is never mixed with what another says. */
export function natureOf({ kind, isSimulated }: PhysiologyDevice): 'real' | 'simulated' | 'recorded' {
  if (kind === 'recording') return 'recorded';
  return isSimulated ? 'simulated' : 'real';
}

export const isOpen = ({ kind }: DeviceLink): boolean => kind === 'connecting' || kind === 'connected' || kind === 'reconnecting';

/** One that is new has not spoken yet, and is still being listened to. */
export const isWithinReach = ({ link, lastAt }: BodyDevice, now: EpochMs): boolean =>
  link === 'connecting' || (link === 'connected' && (lastAt === null || now - lastAt <= SILENCE_MS));

export function viewOf({ device, link, battery, hasContact, lastAt }: DeviceStatus): BodyDevice {
  const { id, name, kind, isSimulated, kept } = device;
  return {
    id,
    name,
    kind,
    isSimulated,
    link: link.kind,
    failure: link.kind === 'failed' ? link.code : null,
    battery,
    hasContact,
    lastAt,
    canCalibrate: device.calibrate !== undefined,
    isAway: device.isAway ?? false,
    board: kept?.board ?? null,
  };
}
