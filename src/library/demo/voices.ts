import { seededRandom } from '../../core/random';
import type { Hertz, Seconds } from '../../core/units';
import type { VoiceName } from './pieceSpec';

export interface Tone {
  readonly frequency: Hertz;
  readonly length: Seconds;
  readonly velocity: number;
  readonly sampleRate: Hertz;
  readonly seed: number;
}

/** [n] mono samples, about [-1, 1], with their own decay after `length`. */
type Voice = (tone: Tone) => Float32Array;

const TAU = 2 * Math.PI;

/** Attack, decay to `sustain`, hold until `length`, release; all seconds. */
interface Envelope {
  readonly attack: Seconds;
  readonly decay: Seconds;
  readonly sustain: number;
  readonly release: Seconds;
}

function levelAt(t: Seconds, length: Seconds, { attack, decay, sustain, release }: Envelope): number {
  const held = t < attack ? t / attack : sustain + (1 - sustain) * Math.exp(-(t - attack) / decay);
  return t < length ? held : held * Math.max(0, 1 - (t - length) / release);
}

function shaped({ length, sampleRate, velocity }: Tone, envelope: Envelope, wave: (t: Seconds) => number): Float32Array {
  const out = new Float32Array(Math.ceil((length + envelope.release) * sampleRate));
  for (let i = 0; i < out.length; i++) out[i] = velocity * levelAt(i / sampleRate, length, envelope) * wave(i / sampleRate);
  return out;
}

/** Harmonics below the Nyquist frequency only: [amplitude of 1st, 2nd, …]. */
function harmonics({ frequency, sampleRate }: Tone, amplitudes: readonly number[]): readonly number[] {
  return amplitudes.filter((_, k) => (k + 1) * frequency < 0.45 * sampleRate);
}

const sumOf = (amplitudes: readonly number[], phase: number): number =>
  amplitudes.reduce((sum, amplitude, k) => sum + amplitude * Math.sin((k + 1) * phase), 0);

const sawAmplitudes = (count: number): readonly number[] => Array.from({ length: count }, (_, k) => 0.6 / (k + 1));

/** Struck strings: high partials die first, and are a little sharp. */
const piano: Voice = (tone) => {
  const { frequency, sampleRate, velocity } = tone;
  const duration = tone.length + 0.35;
  const out = new Float32Array(Math.ceil(duration * sampleRate));
  for (let k = 1; k <= 9; k++) {
    const partial = k * frequency * Math.sqrt(1 + 0.0004 * k * k);
    if (partial > 0.45 * sampleRate) break;
    const amplitude = (velocity * Math.exp(-0.42 * (k - 1) * (1.3 - velocity))) / (1 + 0.4 * k);
    const decay = 1.7 / (1 + 0.55 * k + frequency / 500);
    for (let i = 0; i < out.length; i++) {
      const t = i / sampleRate;
      const released = t < tone.length ? 1 : Math.max(0, 1 - (t - tone.length) / 0.35);
      out[i] = (out[i] ?? 0) + amplitude * Math.min(1, t / 0.004) * Math.exp(-t / decay) * released * Math.sin(TAU * partial * t);
    }
  }
  return out;
};

/** Plucked string after Karplus and Strong (1983): a burst of noise in a delay line that loses its highs. */
const pluck: Voice = ({ frequency, length, velocity, sampleRate, seed }) => {
  const random = seededRandom(seed);
  const period = Math.max(2, Math.round(sampleRate / frequency - 0.5));
  const line = Float32Array.from({ length: period }, () => random() * 2 - 1);
  const out = new Float32Array(Math.ceil((length + 0.8) * sampleRate));
  for (let i = 0, p = 0; i < out.length; i++, p = (p + 1) % period) {
    const next = (p + 1) % period;
    const value = line[p] ?? 0;
    line[p] = 0.498 * (value + (line[next] ?? 0));
    out[i] = 0.8 * velocity * value * Math.min(1, (out.length - i) / (0.1 * sampleRate));
  }
  return out;
};

/** Two slightly detuned saws behind a slow envelope. */
const soft =
  (envelope: Envelope, partials: number, detune: number): Voice =>
  (tone) => {
    const amplitudes = harmonics(tone, sawAmplitudes(partials));
    return shaped(tone, envelope, (t) => {
      const phase = TAU * tone.frequency * t;
      return 0.35 * (sumOf(amplitudes, phase * (1 + detune)) + sumOf(amplitudes, phase * (1 - detune)));
    });
  };

/** Bowed: vibrato that comes in late. */
const strings: Voice = (tone) => {
  const amplitudes = harmonics(tone, [0.5, 0.3, 0.22, 0.14, 0.09, 0.05, 0.03]);
  return shaped(tone, { attack: 0.28, decay: 2, sustain: 0.85, release: 0.5 }, (t) => {
    const vibrato = 0.004 * Math.min(1, t / 0.8) * Math.sin(TAU * 5.1 * t);
    return 0.6 * sumOf(amplitudes, TAU * tone.frequency * t + (vibrato * tone.frequency) / 5.1);
  });
};

const bass: Voice = (tone) => {
  const amplitudes = harmonics(tone, [0.8, 0.35, 0.18, 0.08]);
  return shaped(tone, { attack: 0.008, decay: 0.5, sustain: 0.55, release: 0.08 }, (t) => sumOf(amplitudes, TAU * tone.frequency * t));
};

/** Square-like, for tunes that must be heard. */
const lead: Voice = (tone) => {
  const amplitudes = harmonics(tone, [0.6, 0, 0.2, 0, 0.12, 0, 0.08, 0, 0.05]);
  return shaped(tone, { attack: 0.012, decay: 0.4, sustain: 0.7, release: 0.12 }, (t) =>
    sumOf(amplitudes, TAU * tone.frequency * t + 0.03 * Math.sin(TAU * 5.6 * t)),
  );
};

/** Bright saw; the distortion of the mix makes the rest. */
const guitar: Voice = (tone) => {
  const amplitudes = harmonics(tone, sawAmplitudes(22));
  return shaped(tone, { attack: 0.003, decay: 0.6, sustain: 0.6, release: 0.05 }, (t) => sumOf(amplitudes, TAU * tone.frequency * t));
};

/** Two-operator frequency modulation (Chowning, 1973) with an inharmonic ratio. */
const bell: Voice = ({ frequency, length, velocity, sampleRate }) => {
  const out = new Float32Array(Math.ceil((length + 1.4) * sampleRate));
  const ratio = frequency * 3.01 < 0.4 * sampleRate ? 3.01 : 1;
  for (let i = 0; i < out.length; i++) {
    const t = i / sampleRate;
    const index = 1.4 * velocity * Math.exp(-t / 0.25);
    const end = Math.min(1, (out.length - i) / (0.2 * sampleRate));
    out[i] = 0.6 * velocity * end * Math.exp(-t / 0.7) * Math.sin(TAU * frequency * t + index * Math.sin(TAU * ratio * frequency * t));
  }
  return out;
};

/** Nearly a sine, with breath. */
const flute: Voice = (tone) => {
  const random = seededRandom(tone.seed);
  const amplitudes = harmonics(tone, [0.7, 0.12, 0.05]);
  let breath = 0;
  return shaped(tone, { attack: 0.08, decay: 1, sustain: 0.85, release: 0.18 }, (t) => {
    breath = 0.9 * breath + 0.1 * (random() * 2 - 1);
    return sumOf(amplitudes, TAU * tone.frequency * t + 0.06 * Math.sin(TAU * 4.8 * t)) + 0.12 * breath;
  });
};

const organ: Voice = (tone) => {
  const amplitudes = harmonics(tone, [0.45, 0.3, 0.18, 0.2, 0, 0.1, 0, 0.1]);
  return shaped(tone, { attack: 0.02, decay: 1, sustain: 0.95, release: 0.08 }, (t) => sumOf(amplitudes, TAU * tone.frequency * t));
};

const VOICES: Readonly<Record<VoiceName, Voice>> = {
  piano,
  pluck,
  pad: soft({ attack: 0.7, decay: 3, sustain: 0.8, release: 1.2 }, 7, 0.0022),
  strings,
  bass,
  lead,
  guitar,
  bell,
  flute,
  organ,
};

/** [n] mono samples of one note. Same tone, same samples. */
export const renderTone = (voice: VoiceName, tone: Tone): Float32Array => VOICES[voice](tone);
