import { CAPTURE_PROCESSOR, type CapturedChunk, type CaptureOptions } from '../../../core/capture';
import { AppError } from '../../../core/errors';
import type { Hertz } from '../../../core/units';
import { BLOCK, SAMPLE_RATE } from '../frame';
import { createSuppressor, SUPPRESSION_RATE } from './suppression';

export interface CaptureRequest {
  /** Address of the bundled capture worklet. */
  readonly workletUrl: string;
  readonly isSuppressed: boolean;
  readonly onChunk: (chunk: CapturedChunk) => void;
}

/** A running audio graph behind one stream. */
export interface Capture {
  readonly context: AudioContext;
  readonly rate: Hertz;
  close(): Promise<void>;
}

/** Nothing is played, so no output device is opened where the browser can do without. */
const options = (sampleRate: Hertz | null): AudioContextOptions => ({
  latencyHint: 'interactive',
  ...(sampleRate !== null && { sampleRate }),
  ...({ sinkId: { type: 'none' } } as AudioContextOptions),
});

interface Source {
  readonly context: AudioContext;
  readonly node: MediaStreamAudioSourceNode;
}

async function trySource(stream: MediaStream, sampleRate: Hertz | null): Promise<Source> {
  const context = new AudioContext(options(sampleRate));
  try {
    return { context, node: context.createMediaStreamSource(stream) };
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** The browser resamples with a filter of its own where it can; Firefox joins no stream of another rate, and then we resample. */
async function openSource(stream: MediaStream, wanted: Hertz): Promise<Source> {
  try {
    return await trySource(stream, wanted);
  } catch (cause) {
    if (!(cause instanceof DOMException && cause.name === 'NotSupportedError')) {
      throw new AppError('sensor/unsupported', 'no audio context', { cause });
    }
    return trySource(stream, null);
  }
}

/** Connects microphone, noise suppression where it is wanted and possible, and the worklet that posts the samples. */
async function connect({ context, node }: Source, { workletUrl, isSuppressed, onChunk }: CaptureRequest): Promise<() => void> {
  await context.audioWorklet.addModule(workletUrl);
  // About as long as a block at the context's own rate.
  const length = context.sampleRate === SAMPLE_RATE ? BLOCK : Math.round((BLOCK / SAMPLE_RATE) * context.sampleRate);
  const capture = new AudioWorkletNode(context, CAPTURE_PROCESSOR, {
    numberOfOutputs: 0,
    processorOptions: { length } satisfies CaptureOptions,
  });
  capture.port.onmessage = ({ data }: MessageEvent<CapturedChunk>) => onChunk(data);
  const suppressor = isSuppressed && context.sampleRate === SUPPRESSION_RATE ? await createSuppressor(context) : null;
  if (suppressor) node.connect(suppressor).connect(capture);
  else node.connect(capture);
  return () => {
    capture.port.onmessage = null;
    node.disconnect();
    suppressor?.destroy();
  };
}

/** @throws AppError 'sensor/unsupported' where there is no AudioWorklet or the graph cannot be made */
export async function openCapture(stream: MediaStream, request: CaptureRequest): Promise<Capture> {
  const source = await openSource(stream, request.isSuppressed ? SUPPRESSION_RATE : SAMPLE_RATE);
  const { context } = source;
  try {
    const disconnect = await connect(source, request);
    return {
      context,
      rate: context.sampleRate,
      async close() {
        disconnect();
        await context.close();
      },
    };
  } catch (cause) {
    await context.close();
    throw new AppError('sensor/unsupported', 'the audio graph cannot be made', { cause });
  }
}
