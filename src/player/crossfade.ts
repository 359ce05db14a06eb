import type { Seconds } from '../core/units';

/** How long before the end the next song starts when nothing is faded: hides the time an element takes to begin. */
export const GAPLESS_LEAD: Seconds = 0.04;
const POINTS = 33;

/** A fade may take a third of the song at most, so that short pieces are heard. */
export function leadOf(crossfade: Seconds, duration: Seconds): Seconds {
  if (!Number.isFinite(duration) || duration <= 0) return GAPLESS_LEAD;
  const wanted = Number.isFinite(crossfade) ? Math.max(0, crossfade) : 0;
  return Math.max(GAPLESS_LEAD, Math.min(wanted, duration / 3));
}

/** Equal power: the two gains' squares sum to 1 at every moment, so two different songs keep their common loudness. */
export function fadeCurve(direction: 'in' | 'out'): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: POINTS }, (_, i) => {
    const angle = ((i / (POINTS - 1)) * Math.PI) / 2;
    return direction === 'in' ? Math.sin(angle) : Math.cos(angle);
  });
}
