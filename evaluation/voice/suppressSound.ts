import rnnoiseModule from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url';
import rnnoiseWasm from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url';
import rnnoiseSimdWasm from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url';
import { AppError } from '../../src/core/errors';

type Sound = Float32Array<ArrayBuffer>;

/** A render quantum, samples. */
const QUANTUM = 128;
/** Between recordings the network hears half a second of nothing, and what is left of the last one leaves its buffers. */
const REST = 48_000 / 2;
/** Samples by which the processor lags: a frame of 10 ms is looked at once it is whole, in quanta. */
const LAG = 512;
const PATIENCE_MS = 10_000;

interface Processor {
  /** Set once its wasm is compiled. */
  readonly processor?: unknown;
  process(inputs: readonly (readonly Sound[])[], outputs: readonly (readonly Sound[])[]): boolean;
}
type ProcessorClass = new (options: { readonly processorOptions: object }) => Processor;

/**
 * The worklet of the product's noise suppression, called directly. An offline audio context cannot be used: it renders at once, while
 * the worklet compiles its wasm without a word, so that all comes out as zero; and where rendering is made to wait, every context keeps
 * its wasm memory, of which a page may have about a hundred.
 * @returns takes mono sound at 48 kHz; what comes back is as long, and not delayed
 */
export async function createOfflineSuppressor(): Promise<(sound: Sound) => Sound> {
  const [{ loadRnnoise }, Rnnoise] = await Promise.all([import('@sapphi-red/web-noise-suppressor'), loadProcessorClass()]);
  const wasmBinary = await loadRnnoise({ url: rnnoiseWasm, simdUrl: rnnoiseSimdWasm });
  const node = new Rnnoise({ processorOptions: { wasmBinary, maxChannels: 1 } });
  await readiness(node);
  return (sound) => {
    run(node, new Float32Array(REST));
    const padded = new Float32Array(sound.length + LAG);
    padded.set(sound);
    return run(node, padded).slice(LAG);
  };
}

/** Stands in for the scope of an audio worklet while its module registers the one processor it has. */
async function loadProcessorClass(): Promise<ProcessorClass> {
  const registered: ProcessorClass[] = [];
  Object.assign(globalThis, {
    AudioWorkletProcessor: class {
      readonly port = new MessageChannel().port1;
    },
    registerProcessor: (_name: string, processor: ProcessorClass) => registered.push(processor),
  });
  await import(/* @vite-ignore */ rnnoiseModule);
  const [processor] = registered;
  if (!processor) throw new AppError('unexpected', 'the noise suppression registered no processor');
  return processor;
}

async function readiness(node: Processor): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (node.processor === undefined) {
    if (performance.now() > until) throw new AppError('unexpected', 'the noise suppression did not start');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function run(node: Processor, sound: Sound): Sound {
  const out = new Float32Array(sound.length);
  for (let at = 0; at < sound.length; at += QUANTUM) {
    const input = new Float32Array(QUANTUM);
    const output = new Float32Array(QUANTUM);
    input.set(sound.subarray(at, at + QUANTUM));
    node.process([[input]], [[output]]);
    out.set(output.subarray(0, sound.length - at), at);
  }
  return out;
}
