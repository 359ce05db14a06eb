import type { MeasuredCurve } from '../../../../core/records/keptRecording';

/** Size of the drawing that the path is for, in its own units. */
export const CURVE_WIDTH = 240;
export const CURVE_HEIGHT = 36;
const MARGIN = 2;

/** A curve as an SVG path over the whole width; steps without a value are left open. @param leastRange values that the height spans at least */
export function curvePath({ values, least, most }: MeasuredCurve, leastRange: number): string {
  const middle = (least + most) / 2;
  const range = Math.max(most - least, leastRange);
  const across = CURVE_WIDTH / Math.max(1, values.length - 1);
  let isOpen = false;
  return values
    .map((value, i) => {
      if (value === null) {
        isOpen = false;
        return '';
      }
      const command = isOpen ? 'L' : 'M';
      isOpen = true;
      const y = CURVE_HEIGHT / 2 - ((value - middle) / range) * (CURVE_HEIGHT - 2 * MARGIN);
      // A value between two gaps is a dot: a line of no length with round ends.
      const dot = command === 'M' && (values[i + 1] ?? null) === null ? 'h0' : '';
      return `${command}${(i * across).toFixed(1)} ${y.toFixed(1)}${dot}`;
    })
    .join('');
}
