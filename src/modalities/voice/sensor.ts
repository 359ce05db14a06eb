import { AppError } from '../../core/errors';
import type { CancelSignal, Milliseconds, Timed } from '../../core/units';
import { createCaptureClock } from '../captureClock';
import type { SensorOptions } from '../modality';
import type { VoiceBlock, VoiceSource } from './frame';
import { BlockCutter, type CutBlock } from './microphone/blockCutter';
import { openCapture } from './microphone/capture';
import { Inbox } from './microphone/inbox';
import { openMicrophone } from './microphone/openMicrophone';
import { claimMicrophone } from './microphone/singleTab';
import { watchStream, type Interruption, type TakeEnd } from './microphone/watchStream';

export { listMicrophones, type Microphone } from './microphone/openMicrophone';
export type { Interruption } from './microphone/watchStream';

export interface MicrophoneOptions extends SensorOptions<MediaStream> {
  /** Which microphone is wanted; the browser's choice when it is null. */
  readonly deviceId: string | null;
  /** Take noise out before anything else hears the signal. */
  readonly isSuppressed: boolean;
  /** Whether our own player sounds right now. */
  readonly isPlaying: () => boolean;
  /** Address of the bundled capture worklet. */
  readonly workletUrl: string;
  /** Why no sound arrives although the microphone is open; null when it does again. */
  readonly onInterruption?: (interruption: Interruption | null) => void;
}

/** A song that ended is followed by the next one: the microphone is not opened anew for the moment between them. */
const QUIET_FOR: Milliseconds = 5000;
/** The fastest block of so long a time tells when sound is captured; an audio clock does not keep up with the computer's for longer. */
const CLOCK_MEMORY: Milliseconds = 5000;

let takes = 0;

/** Echo is cancelled while the player sounds, and a while longer. */
function echoWatch(isPlaying: () => boolean) {
  let lastPlayed = isPlaying() ? performance.now() : -Infinity;
  return () => {
    if (isPlaying()) lastPlayed = performance.now();
    return performance.now() - lastPlayed < QUIET_FOR;
  };
}

type Item = CutBlock | TakeEnd;
const isEnd = (item: Item): item is TakeEnd => 'reason' in item;

/** One opening of the microphone; returns when it has to be opened anew or the caller is done. */
async function* listen(signal: CancelSignal, options: MicrophoneOptions): AsyncGenerator<Timed<VoiceBlock>, void> {
  const { deviceId, isSuppressed, workletUrl, isPlaying } = options;
  const wantsEchoGone = echoWatch(isPlaying);
  const cancelsEcho = wantsEchoGone();
  const stream = await openMicrophone({ deviceId, cancelsEcho });
  const inbox = new Inbox<Item>();
  let cutter: BlockCutter | null = null;
  const watch = watchStream(stream, signal, { onEnd: (end) => inbox.put(end), onInterruption: options.onInterruption });
  try {
    const capture = await openCapture(stream, {
      workletUrl,
      isSuppressed,
      onChunk: (chunk) => cutter?.push(chunk).forEach((block) => inbox.put(block)),
    });
    try {
      cutter = new BlockCutter(capture.rate);
      watch.follow(capture.context);
      options.onOpen?.(stream);
      const source: VoiceSource = { deviceId: watch.deviceId, take: takes++, isSuppressed };
      const capturedAt = createCaptureClock(CLOCK_MEMORY);
      while (wantsEchoGone() === cancelsEcho) {
        const item = await inbox.take();
        if (isEnd(item)) return finish(item);
        const { pcm, sampleTime, clipped, endsAt } = item;
        yield { at: capturedAt(endsAt, Date.now()), value: { samples: pcm, sampleTime, clipped, isPlaying: isPlaying(), source } };
      }
    } finally {
      await capture.close();
    }
  } finally {
    watch.close();
  }
}

function finish({ reason, detail }: TakeEnd): void {
  if (reason === 'lost') throw new AppError('sensor/disconnected', detail);
}

/**
 * The microphone, until `signal` aborts: mono blocks at 16 kHz. It is opened anew when the player starts or stops and when the
 * device changes its rate. Nothing is recorded.
 * @throws AppError 'sensor/…' when it cannot be opened, is pulled out, or another tab listens
 */
export async function* openSensor(signal: CancelSignal, options: MicrophoneOptions): AsyncGenerator<Timed<VoiceBlock>, void> {
  const release = await claimMicrophone();
  try {
    while (!signal.aborted) yield* listen(signal, options);
  } finally {
    options.onInterruption?.(null);
    await release();
  }
}
