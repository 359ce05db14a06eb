import type { Milliseconds, UnitInterval } from '../core/units';

export interface Fading {
  /** Evidence counts fully until then. */
  readonly freshMs: Milliseconds;
  /** …and no more from then on. */
  readonly fadedMs: Milliseconds;
}

/**
 * How long a sense's last word stands when nothing follows it: a face tells every few frames, a voice by the phrase, a written
 * line holds for minutes, a body changes slowly. The same numbers stand in training/fusion/config.py.
 */
export const FADING: Readonly<Record<string, Fading>> = {
  face: { freshMs: 1500, fadedMs: 10_000 },
  voice: { freshMs: 3000, fadedMs: 20_000 },
  text: { freshMs: 20_000, fadedMs: 180_000 },
  physiology: { freshMs: 30_000, fadedMs: 120_000 },
  context: { freshMs: 60_000, fadedMs: 1_800_000 },
};

/** Of a sense that is not in the table. */
export const OTHER_FADING: Fading = { freshMs: 5000, fadedMs: 30_000 };

/**
 * @param ageMs since the end of the evidence window; a clock that runs ahead counts as no age
 * @returns 1 while fresh, then along half a cosine to exactly 0 at the fading time
 */
export function freshnessOf(source: string, ageMs: Milliseconds): UnitInterval {
  const { freshMs, fadedMs } = FADING[source] ?? OTHER_FADING;
  if (ageMs <= freshMs) return 1;
  if (ageMs >= fadedMs) return 0;
  return (1 + Math.cos((Math.PI * (ageMs - freshMs)) / (fadedMs - freshMs))) / 2;
}
