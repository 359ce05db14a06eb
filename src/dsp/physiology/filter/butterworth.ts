import type { Hertz } from '../../../core/units';

/** One second-order section: y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y''. */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

export type PassBand = 'low' | 'high';

/**
 * Butterworth filter of even order by bilinear transform with prewarping, one section per pole pair: the transfer function of
 * scipy.signal.butter.
 * @param order 2, 4, …; @param edge -3 dB point, below half of `rate`
 */
export function butterworth(order: number, edge: Hertz, pass: PassBand, rate: Hertz): readonly Biquad[] {
  const warped = Math.tan((Math.PI * edge) / rate);
  return Array.from({ length: order / 2 }, (_, k) => {
    const damping = 2 * Math.sin((Math.PI * (2 * k + 1)) / (2 * order));
    const scale = 1 + damping * warped + warped ** 2;
    const gain = (pass === 'low' ? warped ** 2 : 1) / scale;
    return {
      b0: gain,
      b1: pass === 'low' ? 2 * gain : -2 * gain,
      b2: gain,
      a1: (2 * (warped ** 2 - 1)) / scale,
      a2: (1 - damping * warped + warped ** 2) / scale,
    };
  });
}
