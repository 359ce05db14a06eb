import { seededRandom } from '../../core/random';
import type { Hertz } from '../../core/units';
import type { DrumPattern } from './pieceSpec';

type Drum = 'kick' | 'snare' | 'hat' | 'brush' | 'crash';

const TAU = 2 * Math.PI;

/** [n] mono: a sine that falls in pitch. */
function kick(sampleRate: Hertz): Float32Array {
  let phase = 0;
  return Float32Array.from({ length: 0.28 * sampleRate }, (_, i) => {
    const t = i / sampleRate;
    phase += (TAU * (46 + 110 * Math.exp(-t / 0.03))) / sampleRate;
    return Math.sin(phase) * Math.exp(-t / 0.09);
  });
}

/** [n] mono: noise through a one-pole high-pass, with an optional body. */
function noise(sampleRate: Hertz, decay: number, highPass: number, bodyHz: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  let low = 0;
  return Float32Array.from({ length: Math.ceil(5 * decay * sampleRate) }, (_, i) => {
    const t = i / sampleRate;
    const white = random() * 2 - 1;
    low += (1 - highPass) * (white - low);
    const body = bodyHz > 0 ? 0.5 * Math.sin(TAU * bodyHz * t) * Math.exp(-t / 0.06) : 0;
    return (white - low) * Math.exp(-t / decay) + body;
  });
}

const kit = (sampleRate: Hertz): Readonly<Record<Drum, Float32Array>> => ({
  kick: kick(sampleRate),
  snare: noise(sampleRate, 0.09, 0.75, 185, 11),
  hat: noise(sampleRate, 0.028, 0.15, 0, 23),
  brush: noise(sampleRate, 0.12, 0.7, 0, 37),
  crash: noise(sampleRate, 0.5, 0.2, 0, 41),
});

/** Sixteen steps of a bar; '.' rests, 1 to 9 is the level in tenths. */
const PATTERNS: Readonly<Record<DrumPattern, Partial<Readonly<Record<Drum, string>>>>> = {
  none: {},
  pop: { kick: '9.....7.9.......', snare: '....8.......8...', hat: '5.3.5.3.5.3.5.4.' },
  dance: { kick: '9...9...9...9...', snare: '....6.......6...', hat: '..7...7...7...72' },
  march: { kick: '9.......9.......', snare: '5.655.6.5.655666', hat: '4...4...4...4...' },
  rock: { kick: '9..9..8.9..9..8.', snare: '....9.......9..6', hat: '7.7.7.7.7.7.7.7.', crash: '7...............' },
  blast: { kick: '9.9.9.9.9.9.9.9.', snare: '.8.8.8.8.8.8.8.8', hat: '7.7.7.7.7.7.7.7.', crash: '8.......6.......' },
  brushes: { brush: '4...6...4...6.3.', kick: '5.......4.......' },
};

/** Adds a drum track to a mono mix in place. @param barSeconds length of a bar */
export function addDrums(
  mix: Float32Array,
  pattern: DrumPattern,
  bars: number,
  barSeconds: number,
  level: number,
  sampleRate: Hertz,
): void {
  const sounds = kit(sampleRate);
  for (const [drum, steps] of Object.entries(PATTERNS[pattern]) as [Drum, string][]) {
    for (let step = 0; step < bars * 16; step++) {
      const velocity = Number(steps[step % 16]) / 10 || 0;
      if (velocity === 0) continue;
      const at = Math.round((step / 16) * barSeconds * sampleRate);
      sounds[drum].forEach((x, i) => {
        if (at + i < mix.length) mix[at + i] = (mix[at + i] ?? 0) + level * velocity * x;
      });
    }
  }
}
