/** Numerical Recipes' linear congruential generator, [-1, 1). */
export function noise(count: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

export const SIGNAL_NAMES = ['chords', 'beats', 'chirp', 'swell', 'offset', 'six', 'short'] as const;
export type SignalName = (typeof SIGNAL_NAMES)[number];

const ROOTS = [261.6256, 220.0, 174.6141, 195.9977];
const SECONDS: Partial<Record<SignalName, number>> = { short: 0.2, six: 6.5 };
const sine = (hz: number, t: number): number => Math.sin(2 * Math.PI * hz * t);

const FORMULAS: Record<SignalName, (t: number, noise: number) => number> = {
  chords: (t) => 0.2 * Math.exp(-2 * (t % 1)) * [1, 1.25, 1.5, 2].reduce((sum, r) => sum + sine((ROOTS[Math.floor(t) % 4] ?? 0) * r, t), 0),
  beats: (t, n) => 0.5 * Math.exp(-30 * (t % 0.5)) * n + 0.1 * sine(110, t),
  chirp: (t) => 0.4 * Math.sin(2 * Math.PI * (100 * t + ((3000 - 100) / 30) * t ** 2)),
  swell: (t, n) => (t > 3 ? 0.3 * sine(4, t) ** 2 * n : 0),
  offset: (t) => 0.3 + 0.2 * Math.sign(sine(330, t)),
  six: (t, n) => 0.3 * sine(440, t) + 0.05 * n,
  short: (t, n) => 0.3 * sine(440, t) + 0.05 * n,
};
const SEEDS: Partial<Record<SignalName, number>> = { beats: 1, swell: 7 };

/** The formulas of training/music/golden.py. */
export function signal(name: SignalName, rate: number): Float32Array {
  const count = Math.floor(rate * (SECONDS[name] ?? 15));
  const chance = noise(count, SEEDS[name] ?? 3);
  return Float32Array.from({ length: count }, (_, i) => FORMULAS[name](i / rate, chance[i] ?? 0));
}
