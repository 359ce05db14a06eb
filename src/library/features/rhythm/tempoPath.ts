import { lagOf, beatSalience } from './songTempo';
import { TEMPO_HOP, TEMPO_WINDOW, type Tempogram } from './tempogram';

/** Local tempi within three quarters of an octave either side of the song's: an octave is never jumped. */
const STEPS_EACH_WAY = 18;
const STEP = 2 ** (0.75 / STEPS_EACH_WAY);
/** What leaving the song's tempo costs: a tenth costs 0.02 of salience. */
const LEAVING = 1;
/** What changing the tempo from one window to the next costs. */
const CHANGING = 8;

/**
 * Beat period over time: the path through the tempogram that is salient and steady (Viterbi), about the tempo of the whole song.
 * @param tempo bpm, > 0
 * @returns period in frames around any frame; between window centres by interpolation
 */
export function tempoPath(tempogram: Tempogram, tempo: number): (frame: number) => number {
  const lags = Array.from({ length: 2 * STEPS_EACH_WAY + 1 }, (_, i) => lagOf(tempo) * STEP ** (i - STEPS_EACH_WAY));
  const path = steadiestPath(
    tempogram.rows.map((row) => lags.map((lag, i) => beatSalience(row, lag) - LEAVING * octaves(i - STEPS_EACH_WAY) ** 2)),
  );
  const periods = path.map((state) => lags[state] ?? lagOf(tempo));
  return (frame) => {
    const at = Math.min(Math.max((frame - TEMPO_WINDOW / 2) / TEMPO_HOP, 0), periods.length - 1);
    const before = periods[Math.floor(at)] ?? lagOf(tempo);
    return before + ((periods[Math.ceil(at)] ?? before) - before) * (at - Math.floor(at));
  };
}

const octaves = (steps: number): number => steps * Math.log2(STEP);

/** @param scores one row of states per window. @returns one state per window */
function steadiestPath(scores: readonly (readonly number[])[]): number[] {
  const links: Int32Array[] = [];
  let best = [...(scores[0] ?? [])];
  for (const row of scores.slice(1)) {
    const link = new Int32Array(row.length);
    const before = best;
    best = row.map((score, state) => {
      let top = -Infinity;
      for (let from = 0; from < before.length; from++) {
        const value = (before[from] ?? 0) - CHANGING * octaves(state - from) ** 2;
        if (value > top) {
          top = value;
          link[state] = from;
        }
      }
      return score + top;
    });
    links.push(link);
  }
  const path = [best.indexOf(Math.max(...best))];
  for (const link of links.reverse()) path.push(link[path.at(-1) ?? 0] ?? 0);
  return path.reverse();
}
