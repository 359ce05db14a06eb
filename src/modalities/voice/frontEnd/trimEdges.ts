import { BANDS, type MelWindow } from './melStream';

/** Frames `from` (inclusive) to `to` (exclusive) of a window. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Edge frames without a band above it are quiet, dB below the maximum. */
const EDGE_DB = -45;
/** Quiet frames kept at either edge. */
const MARGIN = 4;

/** Whether any band of a frame is louder than the edges of a clip may be. */
function isLoud(mel: Float32Array, frame: number): boolean {
  for (let i = frame * BANDS; i < (frame + 1) * BANDS; i++) if ((mel[i] ?? EDGE_DB) > EDGE_DB) return true;
  return false;
}

/** What is left of a window once its quiet edges are cut, as the training clips were; silence keeps all of it. */
export function trimEdges({ frames, mel }: MelWindow): Span {
  let from = 0;
  while (from < frames && !isLoud(mel, from)) from++;
  if (from === frames) return { from: 0, to: frames };
  let to = frames;
  while (to > from && !isLoud(mel, to - 1)) to--;
  return { from: Math.max(0, from - MARGIN), to: Math.min(frames, to + MARGIN) };
}

/** Frames `from` to `to` of a window, not copied. */
export function sliceWindow({ mel }: MelWindow, { from, to }: Span): MelWindow {
  return { frames: to - from, mel: mel.subarray(from * BANDS, to * BANDS) };
}
