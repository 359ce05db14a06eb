import { FilterBank, runsOfFilters } from '../../../dsp/spectrum/filterBank';
import { melFilters } from '../../../dsp/spectrum/mel';
import { PowerSpectrum } from '../../../dsp/spectrum/powerSpectrum';
import { hannWindow } from '../../../dsp/window';
import { SAMPLE_RATE } from '../segmentLayout';
import {
  MOST_GAIN,
  PATCH_FFT,
  PATCH_FRAMES,
  PATCH_HOP,
  PATCH_MELS,
  PATCH_SCALE,
  PATCH_TOP,
  PATCH_WINDOW,
  PATCHES,
  REFERENCE_POWER,
  SEGMENT_SAMPLES,
} from './patchLayout';

const CELLS = PATCH_FRAMES * PATCH_MELS;

function paddedWindow(): Float64Array {
  const window = new Float64Array(PATCH_FFT);
  window.set(hannWindow(PATCH_WINDOW));
  return window;
}

/** Grey levels of a picture. */
const LEVELS = 255;
/** Mantissa bits that a power's rough logarithm keeps: 64 steps per octave, so that no step holds two borders between bytes. */
const MANTISSA_BITS = 6;
const DROPPED_BITS = 23 - MANTISSA_BITS;
const ONE = new Int32Array(new Float32Array([1]).buffer)[0] ?? 0;
const FIRST_STEP = ONE >> DROPPED_BITS;

/** [257] the scaled power at which each byte begins: the byte of p is round(log10(1 + p) 255 / PATCH_TOP), at most 255. */
const BORDERS = Float64Array.from({ length: LEVELS + 2 }, (_, byte) =>
  byte > LEVELS ? Infinity : 10 ** (((byte - 0.5) * PATCH_TOP) / LEVELS) - 1,
);
/** Byte at the beginning of each step of the rough logarithm of 1 + p, from p = 0 until 255 is reached. */
const BYTES_OF_STEPS = bytesOfSteps();

function bytesOfSteps(): Uint8Array {
  const value = new Float32Array(1);
  const bits = new Int32Array(value.buffer);
  const bytes: number[] = [];
  for (let byte = 0; byte < LEVELS;) {
    bits[0] = ONE + (bytes.length << DROPPED_BITS);
    // A number that single precision rounds up to a step's beginning must not find a byte that begins after it.
    const power = (value[0] ?? 0) * (1 - 1e-6) - 1;
    while (byte < LEVELS && power >= (BORDERS[byte + 1] ?? 0)) byte++;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/**
 * Mel power to bytes at the level that the listener knows: log10(1 + 10^4 gain power), 255 = PATCH_TOP. The logarithm is looked up by
 * the leading bits of a single-precision number and made exact by one comparison.
 */
export function drawPicture(power: Float32Array): Uint8Array {
  let sum = 0;
  for (let i = 0; i < power.length; i++) sum += power[i] ?? 0;
  const gain = Math.min(Math.max(REFERENCE_POWER / Math.max(sum / power.length, 1e-9), 1 / MOST_GAIN), MOST_GAIN);
  const scale = 1e4 * gain;
  const value = new Float32Array(1);
  const bits = new Int32Array(value.buffer);
  const out = new Uint8Array(power.length);
  for (let i = 0; i < out.length; i++) {
    const scaled = scale * (power[i] ?? 0);
    value[0] = 1 + scaled;
    const byte = BYTES_OF_STEPS[((bits[0] ?? 0) >> DROPPED_BITS) - FIRST_STEP] ?? LEVELS;
    out[i] = scaled >= (BORDERS[byte + 1] ?? 0) ? byte + 1 : byte;
  }
  return out;
}

let filters: FilterBank | null = null;

/** Those of this thread, made at the first need. */
const melBank = (): FilterBank =>
  (filters ??= new FilterBank(
    PATCH_MELS,
    runsOfFilters(melFilters({ sampleRate: SAMPLE_RATE, nFft: PATCH_FFT, nMels: PATCH_MELS, minHz: 0, maxHz: 8000 })),
  ));

/** Cuts a stream at 22,050 Hz into the pictures of its 15 s segments; holds one segment's power, never more. */
export class PatchMeter {
  readonly #spectrum = new PowerSpectrum(PATCH_FFT, paddedWindow());
  readonly #power = new Float32Array(PATCHES * CELLS);
  readonly #pictures: Uint8Array[] = [];
  #pending = new Float32Array(2 * PATCH_FFT);
  #held = 0;
  /** Where `#pending` begins in the segment, samples. */
  #offset = 0;
  #frames = 0;

  /** @param samples mono, finite; any length */
  push(samples: Float32Array): void {
    this.#append(samples);
    while (this.#advance());
    this.#drop(Math.min(this.#frames * PATCH_HOP - this.#offset, this.#held));
  }

  /** Measures one more frame or ends the segment; false when more samples are needed. */
  #advance(): boolean {
    if (this.#frames < PATCHES * PATCH_FRAMES) {
      const start = this.#frames * PATCH_HOP - this.#offset;
      if (start + PATCH_WINDOW > this.#held) return false;
      this.#measure(start);
      return true;
    }
    const end = SEGMENT_SAMPLES - this.#offset;
    if (end > this.#held) return false;
    this.#drop(end);
    this.#close();
    return true;
  }

  #drop(count: number): void {
    this.#pending.copyWithin(0, count, this.#held);
    this.#held -= count;
    this.#offset += count;
  }

  /** @returns per segment [patches x 187 x 96] bytes, at most five patches; whole patches only, but one of a first, shorter segment */
  finish(): readonly Uint8Array[] {
    if (this.#frames > 0 || this.#held > 0) this.#close();
    return this.#pictures;
  }

  #append(samples: Float32Array): void {
    const needed = this.#held + samples.length;
    if (needed > this.#pending.length) {
      const grown = new Float32Array(needed);
      grown.set(this.#pending.subarray(0, this.#held));
      this.#pending = grown;
    }
    this.#pending.set(samples, this.#held);
    this.#held = needed;
  }

  #measure(start: number): void {
    const spectrum = this.#spectrum.measureHere(this.#pending.subarray(0, Math.min(this.#held, start + PATCH_WINDOW)), start);
    const sums = melBank().apply(spectrum);
    const at = this.#frames++ * PATCH_MELS;
    for (let m = 0; m < PATCH_MELS; m++) this.#power[at + m] = Math.fround(sums[m] ?? 0) * PATCH_SCALE;
  }

  #close(): void {
    const patches = Math.max(Math.floor(this.#frames / PATCH_FRAMES), 1);
    const power = this.#power.subarray(0, patches * CELLS);
    power.fill(0, this.#frames * PATCH_MELS);
    this.#pictures.push(drawPicture(power));
    this.#frames = 0;
    this.#offset = 0;
  }
}
