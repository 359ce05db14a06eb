import { gaussian, seededRandom } from '../../core/random';
import type { Hertz, Timed, UnitInterval } from '../../core/units';
import { BLOCK, HOP, HOPS_PER_BLOCK, QUIETEST, SAMPLE_RATE, type VoiceFrame } from './frame';

/** How a phrase is spoken. */
interface Manner {
  readonly f0: Hertz;
  /** Depth of its melody, octaves. */
  readonly melody: number;
  /** Syllables per second. */
  readonly rate: number;
  readonly loudness: number;
}

/** Vowels as centre frequencies of the first three formants (Peterson & Barney 1952, men), Hz. */
const VOWELS = [
  [730, 1090, 2440],
  [270, 2290, 3010],
  [300, 870, 2240],
  [530, 1840, 2480],
  [570, 840, 2410],
] as const;
const BANDWIDTHS = [90, 110, 170] as const;
/** How loud the hiss is that a syllable begins with; 0 for one that begins with its vowel. */
const CONSONANTS = [1, 0, 0.6, 1, 0.3] as const;
/** Share of a syllable that its consonant takes. */
const ONSET = 0.18;
const HISS = 0.2;
const NOISE = 0.0008;

/** Two-pole resonator at one formant. */
class Formant {
  #last = 0;
  #before = 0;

  step(x: number, centre: Hertz, bandwidth: Hertz): number {
    const radius = Math.exp((-Math.PI * bandwidth) / SAMPLE_RATE);
    const y = (1 - radius) * x + 2 * radius * Math.cos((2 * Math.PI * centre) / SAMPLE_RATE) * this.#last - radius * radius * this.#before;
    this.#before = this.#last;
    return (this.#last = y);
  }
}

/** How much of a syllable's consonant and of its vowel is to be heard. @param part [0, 1) of the syllable */
const swellAt = (part: UnitInterval) => ({
  hiss: part < ONSET ? Math.sin((Math.PI * part) / ONSET) : 0,
  vowel: part < ONSET ? 0 : Math.sin((Math.PI * (part - ONSET)) / (1 - ONSET)) ** 0.7,
});

/** One phrase: glottal pulses through formants, a hiss and a vowel for each syllable. Voice activity takes it for speech. */
function speak({ f0, melody, rate, loudness }: Manner, seconds: number, random: () => number): Float32Array {
  const formants = BANDWIDTHS.map(() => new Formant());
  const syllables = Array.from({ length: Math.ceil(seconds * rate) + 1 }, () => ({
    vowel: VOWELS[Math.floor(random() * VOWELS.length)] ?? VOWELS[0],
    consonant: CONSONANTS[Math.floor(random() * CONSONANTS.length)] ?? 0,
  }));
  let phase = 0;
  let before = 0;
  return Float32Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, i) => {
    const t = i / SAMPLE_RATE;
    const { vowel, consonant } = syllables[Math.floor(t * rate)] ?? { vowel: VOWELS[0], consonant: 0 };
    const pitch = f0 * 2 ** (melody * Math.sin((2 * Math.PI * t) / seconds) + 0.01 * gaussian(random));
    phase += pitch / SAMPLE_RATE;
    const pulse = phase >= 1 ? 1 : 0;
    phase -= pulse;
    const noise = gaussian(random);
    const source = 12 * pulse + 0.05 * noise;
    const voice = formants.reduce((sum, formant, k) => sum + formant.step(source, vowel[k] ?? 500, BANDWIDTHS[k] ?? 100), 0);
    // The difference of white noise has its power in the treble, as an s has.
    const treble = noise - before;
    before = noise;
    const swell = swellAt((t * rate) % 1);
    return loudness * (swell.vowel * voice + HISS * consonant * swell.hiss * treble);
  });
}

/** A conversation with oneself: phrases in changing manners, with pauses. */
function* pieces(random: () => number, phrases: number): Generator<{ readonly sound: Float32Array; readonly isSpeech: boolean }> {
  const base = 90 + 130 * random();
  for (let i = 0; i < phrases; i++) {
    const excitement = random();
    const manner = {
      f0: base * (1 + 0.7 * excitement),
      melody: 0.1 + 0.3 * excitement,
      rate: 3 + 3 * excitement,
      loudness: 0.08 + 0.3 * excitement,
    };
    const pause = i % 3 === 2 ? 4.2 : 0.4 + 0.6 * random();
    yield { isSpeech: false, sound: new Float32Array(Math.round(pause * SAMPLE_RATE)) };
    yield { isSpeech: true, sound: speak(manner, 1.6 + 1.4 * random(), random) };
  }
}

const levelOf = (samples: Float32Array): number =>
  Math.max(QUIETEST, 10 * Math.log10(samples.reduce((sum, x) => sum + x * x, 0) / samples.length + 1e-10));

/** Somebody speaks, pauses, falls silent; voice activity is what the script says. The same seed gives the same frames. */
export function* simulate(seed: number, phrases = 7): Generator<Timed<VoiceFrame>> {
  const random = seededRandom(seed);
  const parts = [...pieces(random, phrases)];
  const length = parts.reduce((sum, { sound }) => sum + sound.length, 0);
  const sound = new Float32Array(length);
  const isSpeech = new Uint8Array(Math.ceil(length / HOP));
  let at = 0;
  for (const part of parts) {
    sound.set(part.sound, at);
    if (part.isSpeech) isSpeech.fill(1, Math.ceil(at / HOP), Math.floor((at + part.sound.length) / HOP));
    at += part.sound.length;
  }
  const source = { deviceId: 'simulated', take: 1, isSuppressed: false };
  for (let sampleTime = 0; sampleTime + BLOCK <= length; sampleTime += BLOCK) {
    const samples = sound.slice(sampleTime, sampleTime + BLOCK).map((x) => x + NOISE * gaussian(random));
    const hops = isSpeech.slice(sampleTime / HOP, sampleTime / HOP + HOPS_PER_BLOCK);
    yield {
      at: Math.round(((sampleTime + BLOCK) * 1000) / SAMPLE_RATE),
      value: {
        samples,
        sampleTime,
        clipped: 0,
        isPlaying: false,
        source,
        speech: Float32Array.from(hops, (hop) => (hop === 1 ? 0.9 : 0.05)),
        isSpeech: hops,
        heard: hops.includes(1) ? 'speech' : 'silence',
        level: levelOf(samples),
        noiseFloor: 20 * Math.log10(NOISE),
      },
    };
  }
}
