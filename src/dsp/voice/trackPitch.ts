import type { Hertz, Seconds } from '../../core/units';
import type { PitchCandidate } from './yin';

/** Fastest change of pitch that a voice makes (Mauch & Dixon 2014), octaves per second. */
const FASTEST = 35.92;
/** P(voicing begins or ends from one frame to the next). */
const SWITCH = 0.01;
const LEAST = 1e-9;
/** The model's pitches lie a tenth of a semitone apart. */
const BINS_PER_OCTAVE = 120;

interface State {
  /** null is the unvoiced one. */
  readonly f0: Hertz | null;
  readonly logScore: number;
  readonly from: number;
}

function transition(before: Hertz | null, after: Hertz | null, reach: number): number {
  if (before === null || after === null) return before === after ? 1 - SWITCH : SWITCH;
  return (1 - SWITCH) * Math.max(1 - Math.abs(Math.log2(after / before)) / reach, LEAST);
}

function step(before: readonly State[], f0: Hertz | null, observed: number, reach: number): State {
  let best = -Infinity;
  let from = 0;
  for (const [i, state] of before.entries()) {
    const score = state.logScore + Math.log(transition(state.f0, f0, reach));
    if (score > best) [best, from] = [score, i];
  }
  return { f0, from, logScore: (before.length === 0 ? 0 : best) + Math.log(Math.max(observed, LEAST)) };
}

/**
 * The most probable course of pitch and voicing through the candidates of each frame: pYIN's hidden Markov model (Mauch & Dixon
 * 2014, section 2.2) with the candidates themselves and "unvoiced" as states, instead of a state for every tenth of a semitone. The
 * probability of no voice is spread over the pitches within reach of one step, as librosa spreads it over all: real voices seldom
 * repeat well enough to be likelier voiced than all of that together.
 * @param frames the candidates of each frame @param hop time between frames
 * @returns f0 of each frame, null where unvoiced
 */
export function trackPitch(frames: readonly (readonly PitchCandidate[])[], hop: Seconds): (Hertz | null)[] {
  const reach = FASTEST * hop;
  const bins = 1 + 2 * reach * BINS_PER_OCTAVE;
  const columns: State[][] = [];
  for (const candidates of frames) {
    const before = columns.at(-1) ?? [];
    const voiced = candidates.reduce((sum, { probability }) => sum + probability, 0);
    const states = candidates.map(({ f0, probability }) => step(before, f0, probability, reach));
    columns.push([...states, step(before, null, (1 - voiced) / bins, reach)]);
  }
  const last = columns.at(-1) ?? [];
  let at = last.reduce((best, { logScore }, i) => (logScore > (last[best]?.logScore ?? -Infinity) ? i : best), 0);
  const path = new Array<Hertz | null>(frames.length).fill(null);
  for (let t = columns.length - 1; t >= 0; t--) {
    const state = columns[t]?.[at];
    path[t] = state?.f0 ?? null;
    at = state?.from ?? 0;
  }
  return path;
}
