export const RATE = 16_000;
export const HOP = 256;
export const FRAME = 1024;

/** A voice-like tone: harmonics that fall by 1 / k. */
export function harmonics(f0: ArrayLike<number>, count: number): Float32Array {
  let phase = 0;
  return Float32Array.from({ length: f0.length }, (_, i) => {
    phase += (2 * Math.PI * (f0[i] ?? 0)) / RATE;
    let sum = 0;
    for (let k = 1; k <= count; k++) sum += Math.sin(k * phase) / k;
    return 0.2 * sum;
  });
}

const times = Float64Array.from({ length: 2 * RATE }, (_, i) => i / RATE);

/** The formulas of training/voice/golden_signals.py, with the true f0 of each moment. */
export const SIGNALS = {
  glide: { f0: times.map((t) => 100 * 2 ** t), count: 8 },
  vibrato: { f0: times.map((t) => 220 * 2 ** (Math.sin(2 * Math.PI * 5 * t) / 12)), count: 6 },
  pause: { f0: times.map(() => 150), count: 10 },
} as const;
export type SignalName = keyof typeof SIGNALS;

export function signal(name: SignalName): Float32Array {
  const wave = harmonics(SIGNALS[name].f0, SIGNALS[name].count);
  return name === 'pause' ? wave.map((x, i) => ((times[i] ?? 0) > 0.6 && (times[i] ?? 0) < 1.2 ? 0 : x)) : wave;
}

/** Bell-shaped pulses (.4 ms) at given places in samples, with given heights. */
export function pulseTrain(length: number, places: readonly number[], heights: readonly number[]): Float32Array {
  const out = new Float32Array(length);
  places.forEach((place, k) => {
    for (let i = Math.max(0, Math.floor(place) - 40); i < Math.min(length, place + 40); i++) {
      out[i] = (out[i] ?? 0) + (heights[k] ?? 0) * Math.exp(-(((i - place) / 6.4) ** 2));
    }
  });
  return out;
}
