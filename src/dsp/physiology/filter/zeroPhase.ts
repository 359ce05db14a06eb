import type { Biquad } from './butterworth';

/** Response to a constant 1 after a long time. */
function gainAtZero({ b0, b1, b2, a1, a2 }: Biquad): number {
  return (b0 + b1 + b2) / (1 + a1 + a2);
}

/** Filters in place, as if the first value had always been there. */
function filterSettled(sections: readonly Biquad[], signal: Float64Array): void {
  let constant = signal[0] ?? 0;
  for (const section of sections) {
    const { b0, b1, b2, a1, a2 } = section;
    const settled = gainAtZero(section) * constant;
    let first = settled - b0 * constant;
    let second = b2 * constant - a2 * settled;
    for (let i = 0; i < signal.length; i++) {
      const x = signal[i] ?? 0;
      const y = b0 * x + first;
      first = b1 * x - a1 * y + second;
      second = b2 * x - a2 * y;
      signal[i] = y;
    }
    constant = settled;
  }
}

/**
 * Forward and backward, so no phase is shifted and the attenuation doubles (Gustafsson's simpler alternative: the ends are
 * continued by odd reflection and the filter starts settled), as scipy.signal.sosfiltfilt.
 * @param signal [n]; one that is shorter than the usual continuation is continued by what it has
 * @returns [n]; empty in, empty out
 */
export function filterZeroPhase(sections: readonly Biquad[], signal: ArrayLike<number>): Float64Array {
  const n = signal.length;
  const edge = Math.min(3 * (2 * sections.length + 1), n - 1);
  if (n === 0) return new Float64Array();
  const first = signal[0] ?? 0;
  const last = signal[n - 1] ?? 0;
  const longer = Float64Array.from({ length: n + 2 * edge }, (_, i) => {
    if (i < edge) return 2 * first - (signal[edge - i] ?? 0);
    if (i < edge + n) return signal[i - edge] ?? 0;
    return 2 * last - (signal[2 * n + edge - 2 - i] ?? 0);
  });
  filterSettled(sections, longer);
  longer.reverse();
  filterSettled(sections, longer);
  return longer.reverse().slice(edge, edge + n);
}
