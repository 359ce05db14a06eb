import { createAwayDevice } from '../../../modalities/physiology/devices/awayDevice';
import type { PhysiologyDevice } from '../../../modalities/physiology/devices/device';
import type { DeviceHub, DeviceStatus } from '../../../modalities/physiology/devices/deviceHub';
import { readKeptDevices, type KeptDevice } from '../../../modalities/physiology/devices/keptDevice';
import type { SettingsContract } from '../../contracts';
import type { DeviceMakers } from './deviceMakers';

interface Needs {
  readonly hub: DeviceHub;
  readonly devices: Pick<DeviceMakers, 'request' | 'recall'>;
  readonly settings: SettingsContract;
}

/** The user's own devices: kept across visits with how they are read, offered again closed, and forgotten when told so. */
export class PairedDevices {
  readonly #kept = new Map<string, KeptDevice>();

  constructor(private readonly needs: Needs) {}

  /** Call once the settings are there. */
  async load(): Promise<void> {
    for (const kept of readKeptDevices(this.needs.settings.value.bodyDevices)) this.#kept.set(kept.id, kept);
    await this.offer();
  }

  /** Offers again what is paired and not shown; nothing while a simulated or recorded body is. */
  async offer(): Promise<void> {
    const { hub, devices } = this.needs;
    for (const kept of [...this.#kept.values()]) {
      if (!this.#isMissing(kept)) continue;
      const found = (await devices.recall(kept).catch(() => null)) ?? createAwayDevice(kept);
      // Meanwhile it may have been chosen, or forgotten.
      if (this.#isMissing(kept) && !hub.devices.some(({ device }) => device.id === found.id)) hub.remember(found);
    }
  }

  /** Takes note of what is paired and how it is read now. */
  note(statuses: readonly DeviceStatus[]): void {
    for (const { device } of statuses) if (device.kept) this.#kept.set(device.id, device.kept);
    this.#save();
  }

  forget(id: string): void {
    this.#kept.delete(id);
    this.#save();
  }

  /** A device that was away: found again, or chosen again; null when the user chose nothing. Call it in a click. */
  async reach(kept: KeptDevice): Promise<PhysiologyDevice | null> {
    const { hub, devices } = this.needs;
    const found = (await devices.recall(kept)) ?? (await devices.request(kept.kind, kept));
    // A browser that forgets its devices gives the same one another id.
    if (found && found.id !== kept.id) {
      this.#kept.delete(kept.id);
      hub.remove(kept.id);
    }
    return found;
  }

  #isMissing({ id }: KeptDevice): boolean {
    const { devices } = this.needs.hub;
    return this.#kept.has(id) && devices.every(({ device }) => device.kept !== undefined && device.id !== id);
  }

  #save(): void {
    const { settings } = this.needs;
    const json = JSON.stringify([...this.#kept.values()]);
    if (json !== (settings.value.bodyDevices ?? '[]')) void settings.update({ bodyDevices: json });
  }
}
