import type { FrameTable } from '../segmentLayout';
import { ACTIVE_DB } from '../segmentLayout';

/** Numbers of the frames within 60 dB of the loudest; none when the table is digital silence (-100 dB throughout). */
export function activeFramesOf({ energy }: FrameTable): number[] {
  let top = -Infinity;
  for (const level of energy) if (level > top) top = level;
  const active: number[] = [];
  if (top > -99) energy.forEach((level, t) => level > top - ACTIVE_DB && active.push(t));
  return active;
}
