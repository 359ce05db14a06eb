import { deviation, mean } from '../../../dsp/statistics';
import { CHROMA_FRAMES, type OnsetCurves } from './onsetRecorder';

/** Beats per bar that are looked for; four unless three explain clearly more. */
const METRES = [4, 3] as const;
const CLASSES = 12;
/** A bar may begin elsewhere than four (three) beats after the last: what each such break costs, in standard deviations of accent. */
const BREAK = 6;

/**
 * First beats of the bars: where bass and harmony change (after Goto 2001 and Davies & Plumbley 2006). The accent of a beat is the
 * bass onset there plus the change of harmony between the beats before and after it; the best bar grid may shift, at a cost.
 * @param beats ascending frame numbers
 * @returns indices into `beats`, ascending; fewer than two bars of beats give none
 */
export function findDownbeats(beats: readonly number[], curves: OnsetCurves): number[] {
  if (beats.length < 8) return [];
  const accents = accentsOf(beats, curves);
  const grids = METRES.map((metre) => bestGrid(accents, metre));
  const [four, three] = grids;
  if (four === undefined || three === undefined) return [];
  return (three.contrast > 1.25 * four.contrast + 0.1 ? three : four).downbeats;
}

/** [beats] bass onset plus harmonic change, each about its mean in standard deviations. */
function accentsOf(beats: readonly number[], { strength, bass, chroma }: OnsetCurves): Float64Array {
  const near = (curve: Float32Array, t: number): number => Math.max(curve[t - 1] ?? 0, curve[t] ?? 0, curve[t + 1] ?? 0);
  const harmony = harmonyOf(beats, chroma, strength.length);
  const change = beats.map((_, i) => (i === 0 ? 0 : distance(harmony[i - 1], harmony[i])));
  const parts = [standardised(beats.map((t) => near(bass, t))), standardised(change), standardised(beats.map((t) => near(strength, t)))];
  const weights = [1, 1.5, 0.5];
  return Float64Array.from(beats, (_, i) => parts.reduce((sum, part, k) => sum + (weights[k] ?? 0) * (part[i] ?? 0), 0));
}

function standardised(values: readonly number[]): number[] {
  const centre = mean(values);
  const spread = Math.max(deviation(values), 1e-9);
  return values.map((value) => (value - centre) / spread);
}

/** One mean chroma per beat, up to the next. */
function harmonyOf(beats: readonly number[], chroma: Float32Array, frames: number): Float64Array[] {
  return beats.map((t, i) => {
    const out = new Float64Array(CLASSES);
    const from = Math.floor(t / CHROMA_FRAMES),
      to = Math.max(Math.floor((beats[i + 1] ?? frames) / CHROMA_FRAMES), from + 1);
    for (let row = from; row < to; row++)
      for (let pitch = 0; pitch < CLASSES; pitch++) out[pitch] = (out[pitch] ?? 0) + (chroma[row * CLASSES + pitch] ?? 0);
    return out;
  });
}

/** 1 - cosine; 0 when either is silent. */
function distance(a: Float64Array | undefined, b: Float64Array | undefined): number {
  if (a === undefined || b === undefined) return 0;
  const norm = Math.hypot(...a) * Math.hypot(...b);
  return norm > 0 ? 1 - a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0) / norm : 0;
}

interface Grid {
  readonly downbeats: number[];
  /** Mean accent of the downbeats less that of the other beats. */
  readonly contrast: number;
}

/** The sequence of positions in the bar that gathers most accent on the first (Viterbi: next position, or a break to the first). */
function bestGrid(accents: Float64Array, metre: number): Grid {
  let best = Array.from({ length: metre }, (_, position) => (position === 0 ? (accents[0] ?? 0) : 0));
  const links: Int32Array[] = [];
  for (let beat = 1; beat < accents.length; beat++) {
    const link = Int32Array.from({ length: metre }, (_, position) => (position + metre - 1) % metre);
    const before = best;
    best = before.map((_, position) => before[(position + metre - 1) % metre] ?? 0);
    const early = before.indexOf(Math.max(...before));
    if ((before[early] ?? 0) - BREAK > (best[0] ?? 0)) {
      best[0] = (before[early] ?? 0) - BREAK;
      link[0] = early;
    }
    best[0] = (best[0] ?? 0) + (accents[beat] ?? 0);
    links.push(link);
  }
  const path = [best.indexOf(Math.max(...best))];
  for (const link of links.reverse()) path.push(link[path.at(-1) ?? 0] ?? 0);
  path.reverse();
  const downbeats = path.flatMap((position, beat) => (position === 0 ? [beat] : []));
  const others = path.flatMap((position, beat) => (position === 0 ? [] : [accents[beat] ?? 0]));
  return { downbeats, contrast: mean(downbeats.map((beat) => accents[beat] ?? 0)) - mean(others) };
}
