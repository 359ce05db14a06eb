import type { EpochMs, Milliseconds, Timed } from '../../../core/units';
import type { PhysiologyDeviceKind, PhysiologyFrame } from '../frame';
import { Freshness } from './freshness';

/** What several devices may measure at once. Rate, beats and contact belong together: they come from one heart sensor. */
export const QUANTITIES = ['heart', 'eda', 'ppg', 'skinTemperature', 'acceleration'] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** Lower counts more: electrodes on the chest time beats better than light on a finger, and a live device beats a recording. */
const RANK: Readonly<Record<PhysiologyDeviceKind, number>> = { 'heart-strap': 0, thermometer: 1, serial: 2, recording: 3 };
const EXPECTED: Readonly<Record<PhysiologyDeviceKind, Milliseconds>> = {
  'heart-strap': 1000,
  thermometer: 20_000,
  serial: 1000,
  // Watches write a rate every five to ten seconds.
  recording: 10_000,
};

/** A strap without skin contact measures nothing. */
export function measures(frame: PhysiologyFrame, quantity: Quantity): boolean {
  if (quantity !== 'heart') return frame[quantity] !== null;
  return frame.hasContact !== false && (frame.heartRate !== null || frame.rrIntervals.length > 0);
}

function without(frame: PhysiologyFrame, quantity: Quantity): PhysiologyFrame {
  return quantity === 'heart' ? { ...frame, heartRate: null, rrIntervals: [], hasContact: null } : { ...frame, [quantity]: null };
}

interface Source {
  readonly rank: number;
  /** Among equals the one that was added first. */
  readonly order: number;
  readonly freshness: Readonly<Record<Quantity, Freshness>>;
}

/** Lets one device speak for each quantity: the best one that is not silent. Two hearts mixed into one would be nonsense. */
export class SourceChoice {
  readonly #sources = new Map<string, Source>();
  #added = 0;

  add(deviceId: string, kind: PhysiologyDeviceKind): void {
    const freshness = Object.fromEntries(QUANTITIES.map((quantity) => [quantity, new Freshness(EXPECTED[kind])]));
    this.#sources.set(deviceId, { rank: RANK[kind], order: this.#added++, freshness: freshness as Record<Quantity, Freshness> });
  }

  remove(deviceId: string): void {
    this.#sources.delete(deviceId);
  }

  /** How fresh a quantity of a device is; null for a device that is not there. */
  freshnessOf(deviceId: string, quantity: Quantity): Freshness | null {
    return this.#sources.get(deviceId)?.freshness[quantity] ?? null;
  }

  /** The device that speaks for a quantity now; null when all are silent. */
  speakerFor(quantity: Quantity, now: EpochMs): string | null {
    let best: readonly [string, Source] | null = null;
    for (const entry of this.#sources) {
      const [, source] = entry;
      if (!source.freshness[quantity].isFresh(now)) continue;
      if (!best || source.rank < best[1].rank || (source.rank === best[1].rank && source.order < best[1].order)) best = entry;
    }
    return best?.[0] ?? null;
  }

  /** @returns the frame without what another device speaks for; null when nothing is left that this device may say */
  admit({ at, value }: Timed<PhysiologyFrame>): Timed<PhysiologyFrame> | null {
    const source = this.#sources.get(value.deviceId);
    if (!source) return null;
    let kept = value;
    let isSpeaker = false;
    for (const quantity of QUANTITIES) {
      if (measures(value, quantity)) source.freshness[quantity].note(at);
      const speaker = this.speakerFor(quantity, at);
      if (speaker === value.deviceId) isSpeaker ||= measures(value, quantity);
      else if (speaker !== null) kept = without(kept, quantity);
    }
    // That the best strap lost the skin is news, even when nobody else measures.
    const isAlone = QUANTITIES.every((quantity) => this.speakerFor(quantity, at) === null);
    return isSpeaker || isAlone ? { at, value: kept } : null;
  }
}
