import rnnoiseModule from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url';
import rnnoiseWasm from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url';
import rnnoiseSimdWasm from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url';
import type { Hertz } from '../../../core/units';

/** RNNoise (Valin 2018) knows this rate only. */
export const SUPPRESSION_RATE: Hertz = 48_000;

/** A node that takes noise out of a mono signal. @param context at 48 kHz */
export async function createSuppressor(context: BaseAudioContext): Promise<AudioNode & { destroy(): void }> {
  const { loadRnnoise, RnnoiseWorkletNode } = await import('@sapphi-red/web-noise-suppressor');
  const [wasmBinary] = await Promise.all([
    loadRnnoise({ url: rnnoiseWasm, simdUrl: rnnoiseSimdWasm }),
    context.audioWorklet.addModule(rnnoiseModule),
  ]);
  // Its type asks for a live context; any will do.
  return new RnnoiseWorkletNode(context as AudioContext, { maxChannels: 1, wasmBinary });
}
