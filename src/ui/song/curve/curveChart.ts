import type { AffectPoint, CurvePoint } from '../../../core/music';
import type { Seconds, UnitInterval } from '../../../core/units';

/** How much a passage decided about the song's mood. */
export interface WeightBand {
  /** Share of the song where the passage begins, and how long it is. */
  readonly from: UnitInterval;
  readonly width: UnitInterval;
  /** 1 for the passage that decided most. */
  readonly strength: UnitInterval;
}

/** Empty when the model gave no weights, or gave all passages the same. */
export function weightBands(curve: readonly CurvePoint[], duration: Seconds): readonly WeightBand[] {
  const weights = curve.map(({ weight }) => weight);
  const [least, most] = [Math.min(...weights), Math.max(...weights)];
  if (!(most > least) || duration <= 0) return [];
  return curve.map(({ at }, i) => ({
    from: at / duration,
    width: Math.max(0, (curve[i + 1]?.at ?? duration) - at) / duration,
    strength: ((weights[i] ?? 0) - least) / (most - least),
  }));
}

/** Points of an SVG line over a box of 1000 × 200; a passage's value stands at its middle. */
export function curveLine(curve: readonly CurvePoint[], duration: Seconds, of: (point: AffectPoint) => number): string {
  const x = (at: number) => ((at / duration) * 1000).toFixed(1);
  const y = (point: AffectPoint) => (100 - of(point) * 100).toFixed(1);
  const [first, last] = [curve[0], curve.at(-1)];
  if (!first || !last || duration <= 0) return '';
  const middles = curve.map((point, i) => `${x((point.at + (curve[i + 1]?.at ?? duration)) / 2)},${y(point)}`);
  return [`0,${y(first)}`, ...middles, `1000,${y(last)}`].join(' ');
}

/** Where in the song a place across the chart lies; kept inside the song. */
export function timeAt(x: number, width: number, duration: Seconds): Seconds {
  return width > 0 ? Math.min(duration, Math.max(0, (x / width) * duration)) : 0;
}

/** At most `most` beats, evenly left out, so that a long song does not become a grey bar. */
export function shownBeats(beats: Float32Array, most: number): readonly Seconds[] {
  const step = Math.max(1, Math.ceil(beats.length / most));
  return [...beats].filter((_, i) => i % step === 0);
}
