import { gaussian, seededRandom } from '../../src/core/random';

/** Sound files made by code, so that tests need none from anyone. Rates in Hz, times in seconds. */

export interface Tune {
  readonly seconds: number;
  readonly sampleRate?: number;
  /** Changes every note, so that files with different seeds are different songs. */
  readonly seed?: number;
  readonly channels?: 1 | 2;
}

/** Natural minor and major scales, semitones above the root. */
const SCALES = { major: [0, 2, 4, 5, 7, 9, 11], minor: [0, 2, 3, 5, 7, 8, 10] } as const;

/**
 * A plain melody of decaying harmonics over a bass, with soft noise on each beat.
 * @returns [seconds * sampleRate] mono, [-1, 1]
 */
export function renderTune({ seconds, sampleRate = 22_050, seed = 1 }: Tune): Float32Array {
  const random = seededRandom(seed);
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  const scale = random() < 0.5 ? SCALES.major : SCALES.minor;
  const root = 45 + Math.floor(random() * 12);
  const beat = 0.3 + random() * 0.4;
  for (let start = 0; start < seconds; start += beat) {
    const degree = Math.floor(random() * scale.length);
    addNote(samples, { sampleRate, start, seconds: beat * 1.5, pitch: root + 24 + (scale[degree] ?? 0), level: 0.25 });
    addNote(samples, { sampleRate, start, seconds: beat * 2, pitch: root, level: 0.2 });
    addNoise(samples, { sampleRate, start, seconds: 0.05, level: 0.05, random });
  }
  return samples;
}

interface Note {
  readonly sampleRate: number;
  readonly start: number;
  readonly seconds: number;
  readonly level: number;
}

function addNote(samples: Float32Array, { sampleRate, start, seconds, level, pitch }: Note & { readonly pitch: number }): void {
  const frequency = 440 * 2 ** ((pitch - 69) / 12);
  forEachSample(samples, { sampleRate, start, seconds, level }, (at) => {
    const phase = 2 * Math.PI * frequency * at;
    return Math.exp(-3 * (at / seconds)) * (Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.25 * Math.sin(3 * phase));
  });
}

function addNoise(samples: Float32Array, { random, ...note }: Note & { readonly random: () => number }): void {
  forEachSample(samples, note, (at) => Math.exp(-5 * (at / note.seconds)) * gaussian(random));
}

function forEachSample(samples: Float32Array, { sampleRate, start, seconds, level }: Note, valueAt: (seconds: number) => number): void {
  const first = Math.round(start * sampleRate);
  const count = Math.min(Math.round(seconds * sampleRate), samples.length - first);
  for (let i = 0; i < count; i += 1) samples[first + i] = (samples[first + i] ?? 0) + level * valueAt(i / sampleRate);
}

/** A 16-bit PCM wav file of a tune; 0 seconds give a valid file without a sample. */
export function wavFile(tune: Tune): Uint8Array<ArrayBuffer> {
  const { sampleRate = 22_050, channels = 1 } = tune;
  const mono = renderTune(tune);
  const bytes = mono.length * 2 * channels;
  const view = new DataView(new ArrayBuffer(44 + bytes));
  writeWavHeader(view, { sampleRate, channels, dataBytes: bytes });
  for (let i = 0; i < mono.length; i += 1) {
    const value = Math.round(Math.max(-1, Math.min(1, mono[i] ?? 0)) * 32_767);
    for (let channel = 0; channel < channels; channel += 1) view.setInt16(44 + (i * channels + channel) * 2, value, true);
  }
  return new Uint8Array(view.buffer);
}

/** 44 bytes that promise 2 GB of samples, and a second of them: what an interrupted download leaves. */
export function hugeHeaderWav(): Uint8Array<ArrayBuffer> {
  const wav = wavFile({ seconds: 1 });
  writeWavHeader(new DataView(wav.buffer), { sampleRate: 22_050, channels: 1, dataBytes: 0x7fff_0000 });
  return wav;
}

/** The start of an mp3 frame header, then noise: it looks like music and is none. */
export function corruptMp3(seed = 1): Uint8Array<ArrayBuffer> {
  const random = seededRandom(seed);
  const bytes = Uint8Array.from({ length: 20_000 }, () => Math.floor(random() * 256));
  bytes.set([0xff, 0xfb, 0x90, 0x64]);
  return bytes;
}

/** A text that was renamed. */
export function textAsMp3(): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode('Buy milk.\nCall the garage about the bicycle.\n'.repeat(20));
}

function writeWavHeader(
  view: DataView,
  { sampleRate, channels, dataBytes }: { sampleRate: number; channels: number; dataBytes: number },
): void {
  const ascii = (at: number, text: string): void => {
    [...text].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  };
  ascii(0, 'RIFF');
  view.setUint32(4, 36 + dataBytes, true);
  ascii(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  ascii(36, 'data');
  view.setUint32(40, dataBytes, true);
}
