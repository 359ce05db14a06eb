import { gaussian, seededRandom } from '../../src/core/random';

/** Frames of 20 ms at 16 kHz. */
const FRAME = 320;
/** Frames that lie no further below the loudest are speech, dB: pauses do not count as signal. */
const ACTIVE_DB = 30;

/** Mean square of the active frames; 0 for silence. */
export function activePower(pcm: Float32Array): number {
  const powers = Array.from({ length: Math.floor(pcm.length / FRAME) }, (_, k) => meanSquare(pcm.subarray(k * FRAME, (k + 1) * FRAME)));
  const least = Math.max(0, ...powers) / 10 ** (ACTIVE_DB / 10);
  const active = powers.filter((power) => power > 0 && power >= least);
  return active.length === 0 ? 0 : active.reduce((sum, power) => sum + power, 0) / active.length;
}

function meanSquare(pcm: Float32Array): number {
  return pcm.length === 0 ? 0 : pcm.reduce((sum, x) => sum + x * x, 0) / pcm.length;
}

/**
 * Speech in noise that lies `snr` dB below the active speech.
 * @param noise repeated where it is shorter, taken from `offset` on
 * @returns [n] scaled down as a whole where it would exceed full scale
 */
export function mixNoise(speech: Float32Array, noise: Float32Array, snr: number, offset = 0): Float32Array<ArrayBuffer> {
  const taken = Float32Array.from(speech, (_, i) => noise[(offset + i) % Math.max(1, noise.length)] ?? 0);
  const power = meanSquare(taken);
  const gain = power > 0 ? Math.sqrt(activePower(speech) / 10 ** (snr / 10) / power) : 0;
  const mixed = Float32Array.from(speech, (x, i) => x + gain * (taken[i] ?? 0));
  const peak = mixed.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return peak > 0.99 ? mixed.map((x) => (0.99 * x) / peak) : mixed;
}

export function whiteNoise(length: number, seed: number): Float32Array<ArrayBuffer> {
  const random = seededRandom(seed);
  return Float32Array.from({ length }, () => 0.1 * gaussian(random));
}

/** Several voices at once, each brought to the same power and repeated to the full length. */
export function babbleOf(voices: readonly Float32Array[], length: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(length);
  for (const [k, voice] of voices.entries()) {
    const gain = 0.05 / Math.sqrt(activePower(voice) || 1);
    // Each begins elsewhere, so that their onsets do not meet.
    for (let i = 0; i < length; i++) out[i] = (out[i] ?? 0) + gain * (voice[(i + 4001 * k) % Math.max(1, voice.length)] ?? 0);
  }
  return out;
}

/** Response of a room: the direct sound, and 3 dB below it in all a tail of noise that has fallen by 60 dB after `seconds`. */
export function roomResponse(sampleRate: number, seconds: number, seed: number): Float32Array<ArrayBuffer> {
  const random = seededRandom(seed);
  const length = Math.round(sampleRate * seconds);
  const predelay = Math.round(0.004 * sampleRate);
  const tail = Float32Array.from({ length }, (_, i) => (i < predelay ? 0 : gaussian(random) * 10 ** ((-3 * i) / length)));
  const power = tail.reduce((sum, x) => sum + x * x, 0);
  const gain = Math.sqrt(10 ** (-0.1 * DIRECT_TO_REVERBERANT_DB) / power);
  const response = tail.map((x) => gain * x);
  response[0] = 1;
  return response;
}

/** As from a metre's distance in a living room. */
const DIRECT_TO_REVERBERANT_DB = 3;
