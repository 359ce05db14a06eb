import type { EpochMs, Milliseconds } from '../../../core/units';
import type { BodyTrace } from '../../../stores/contracts';

export interface TraceLook {
  readonly now: EpochMs;
  /** Time from the left edge to the right one. */
  readonly spanMs: Milliseconds;
  /** Height that the values span at least, so that noise does not look like a storm. */
  readonly leastRange: number;
  readonly colour: string;
}

/** A gap longer than this share of the span is left open: nothing was measured there. */
const GAP_SHARE = 1 / 8;
const MARGIN = 4;

/** Draws a trace over the whole canvas, newest point at the right edge. Clears what was there. */
export function drawTrace(context: CanvasRenderingContext2D, trace: BodyTrace, { now, spanMs, leastRange, colour }: TraceLook): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  const from = now - spanMs;
  let [low, high] = [Infinity, -Infinity];
  trace.each(from, (_, value) => {
    low = Math.min(low, value);
    high = Math.max(high, value);
  });
  if (low > high) return;
  const middle = (low + high) / 2;
  const range = Math.max(high - low, leastRange);
  context.beginPath();
  let last: EpochMs = -Infinity;
  trace.each(from, (at, value) => {
    const x = ((at - from) / spanMs) * width;
    const y = height / 2 - ((value - middle) / range) * (height - 2 * MARGIN);
    if (at - last > spanMs * GAP_SHARE) context.moveTo(x, y);
    else context.lineTo(x, y);
    last = at;
  });
  context.strokeStyle = colour;
  context.lineWidth = Math.max(1, devicePixelRatio * 1.5);
  context.lineJoin = 'round';
  context.stroke();
}
