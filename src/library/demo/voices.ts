import { seededRandom } from '../../core/random';
import type { Hertz, Seconds } from '../../core/units';
import type { VoiceName } from './pieceSpec';

export interface Tone {
  readonly frequency: Hertz;
  readonly length: Seconds;
  readonly velocity: number;
  readonly sampleRate: Hertz;
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

const TABLE = 4096;
const tables = new Map<string, Float32Array>();

/** [4097] one period of a sum of harmonics, the first sample again at the end. */
function periodOf(amplitudes: readonly number[]): Float32Array {
  const key = amplitudes.join();
  const known = tables.get(key);
  if (known) return known;
  const table = new Float32Array(TABLE + 1);
  for (const [k, amplitude] of amplitudes.entries()) {
    for (let i = 0; i <= TABLE; i++) table[i] = (table[i] ?? 0) + amplitude * Math.sin((TAU * (k + 1) * i) / TABLE);
  }
  tables.set(key, table);
  return table;
}

/** A steady sound of given harmonics ([amplitude of 1st, 2nd, …], those below the Nyquist frequency) by its phase in periods. */
function oscillator({ frequency, sampleRate }: Tone, amplitudes: readonly number[]): (periods: number) => number {
  const table = periodOf(amplitudes.filter((_, k) => (k + 1) * frequency < 0.45 * sampleRate));
  return (periods) => {
    const at = (periods - Math.floor(periods)) * TABLE;
    const i = Math.floor(at);
    const low = table[i] ?? 0;
    return low + (at - i) * ((table[i + 1] ?? 0) - low);
  };
}

const sawAmplitudes = (count: number): readonly number[] => Array.from({ length: count }, (_, k) => 0.6 / (k + 1));

/** Adds a decaying sine by turning a phasor: no sine or exponential per sample. */
function addPartial(out: Float32Array, amplitude: number, frequency: Hertz, decay: Seconds, sampleRate: Hertz): void {
  const turn = (TAU * frequency) / sampleRate;
  const shrink = Math.exp(-1 / (decay * sampleRate));
  const cosine = Math.cos(turn) * shrink;
  const sine = Math.sin(turn) * shrink;
  let x = amplitude;
  let y = 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = (out[i] ?? 0) + y;
    const next = x * cosine - y * sine;
    y = x * sine + y * cosine;
    x = next;
  }
}

/** Struck strings: high partials die first, and are a little sharp. */
const piano: Voice = ({ frequency, length, velocity, sampleRate }) => {
  const release = 0.35;
  const out = new Float32Array(Math.ceil((length + release) * sampleRate));
  for (let k = 1; k <= 9; k++) {
    const partial = k * frequency * Math.sqrt(1 + 0.0004 * k * k);
    if (partial > 0.45 * sampleRate) break;
    const amplitude = (velocity * Math.exp(-0.42 * (k - 1) * (1.3 - velocity))) / (1 + 0.4 * k);
    addPartial(out, amplitude, partial, 1.7 / (1 + 0.55 * k + frequency / 500), sampleRate);
  }
  return out.map((x, i) => x * Math.min(1, i / (0.004 * sampleRate), (out.length - i) / (release * sampleRate)));
};

/** Plucked string after Karplus and Strong (1983): a burst of noise in a delay line that loses its highs. */
const pluck: Voice = ({ frequency, length, velocity, sampleRate }) => {
  const random = seededRandom(Math.round(frequency));
  const period = Math.max(2, Math.round(sampleRate / frequency - 0.5));
  const line = Float32Array.from({ length: period }, () => random() * 2 - 1);
  const out = new Float32Array(Math.ceil((length + 0.8) * sampleRate));
  for (let i = 0, p = 0; i < out.length; i++) {
    const next = p + 1 === period ? 0 : p + 1;
    const value = line[p] ?? 0;
    line[p] = 0.498 * (value + (line[next] ?? 0));
    out[i] = 0.8 * velocity * value * Math.min(1, (out.length - i) / (0.1 * sampleRate));
    p = next;
  }
  return out;
};

/** Two slightly detuned saws behind a slow envelope. */
const pad: Voice = (tone) => {
  const wave = oscillator(tone, sawAmplitudes(7));
  return shaped(tone, { attack: 0.7, decay: 3, sustain: 0.8, release: 1.2 }, (t) => {
    const periods = tone.frequency * t;
    return 0.35 * (wave(periods * 1.0022) + wave(periods * 0.9978));
  });
};

/** Bowed: vibrato that comes in late. */
const strings: Voice = (tone) => {
  const wave = oscillator(tone, [0.5, 0.3, 0.22, 0.14, 0.09, 0.05, 0.03]);
  return shaped(tone, { attack: 0.28, decay: 2, sustain: 0.85, release: 0.5 }, (t) => {
    const vibrato = (0.004 * tone.frequency * Math.min(1, t / 0.8) * Math.sin(TAU * 5.1 * t)) / (TAU * 5.1);
    return 0.6 * wave(tone.frequency * t + vibrato);
  });
};

/** A sound whose harmonics keep their balance, with a little vibrato in periods. */
const steady =
  (amplitudes: readonly number[], envelope: Envelope, vibrato = 0): Voice =>
  (tone) => {
    const wave = oscillator(tone, amplitudes);
    return shaped(tone, envelope, (t) => wave(tone.frequency * t + (vibrato === 0 ? 0 : vibrato * Math.sin(TAU * 5.6 * t))));
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
  const random = seededRandom(Math.round(tone.frequency));
  const wave = oscillator(tone, [0.7, 0.12, 0.05]);
  let breath = 0;
  return shaped(tone, { attack: 0.08, decay: 1, sustain: 0.85, release: 0.18 }, (t) => {
    breath = 0.9 * breath + 0.1 * (random() * 2 - 1);
    return wave(tone.frequency * t + 0.01 * Math.sin(TAU * 4.8 * t)) + 0.12 * breath;
  });
};

const VOICES: Readonly<Record<VoiceName, Voice>> = {
  piano,
  pluck,
  pad,
  strings,
  bass: steady([0.8, 0.35, 0.18, 0.08], { attack: 0.008, decay: 0.5, sustain: 0.55, release: 0.08 }),
  // Square-like, for tunes that must be heard.
  lead: steady([0.6, 0, 0.2, 0, 0.12, 0, 0.08, 0, 0.05], { attack: 0.012, decay: 0.4, sustain: 0.7, release: 0.12 }, 0.005),
  // A bright saw; the distortion of the mix makes the rest.
  guitar: steady(sawAmplitudes(22), { attack: 0.003, decay: 0.6, sustain: 0.6, release: 0.05 }),
  bell,
  flute,
  organ: steady([0.45, 0.3, 0.18, 0.2, 0, 0.1, 0, 0.1], { attack: 0.02, decay: 1, sustain: 0.95, release: 0.08 }),
};

/** [n] mono samples of one note. Same tone, same samples. */
export const renderTone = (voice: VoiceName, tone: Tone): Float32Array => VOICES[voice](tone);
