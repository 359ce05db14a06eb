import { AppError } from '../../core/errors';
import type { CancelSignal, Timed } from '../../core/units';
import type { LoadProgress } from '../../ml/loadModel';
import type { SensorOptions } from '../../modalities/modality';
import type { ModalityId } from '../../modalities/registry';
import type { OpenResult, PushResult } from '../../workers/emotionHandlers';
import type { EmotionHost } from '../../workers/hosts';

export type SensorOpener = (signal: CancelSignal, options: SensorOptions<MediaStream>) => AsyncIterable<Timed<unknown>>;
export type OpenSensor = (id: ModalityId, ...given: Parameters<SensorOpener>) => ReturnType<SensorOpener>;
export type SenseHost = Pick<EmotionHost, 'open' | 'push' | 'baseline' | 'close' | 'stop' | 'busyMs' | 'droppedFrames'>;

export interface SenseRun {
  readonly id: ModalityId;
  readonly host: SenseHost;
  readonly openSensor: OpenSensor;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LoadProgress) => void;
  readonly onOpened: (result: OpenResult) => void;
  readonly onDevice: (stream: MediaStream) => void;
  readonly onResult: (result: PushResult) => void;
}

/** The host starts a crashed worker again by itself; when frame after frame fails all the same, the sense gives up. */
const MOST_CRASHES = 6;

/**
 * Loads a sense's models, opens its device and sends its frames to the worker until `signal` aborts.
 * Rejects with the AppError that ended it; an abort resolves.
 */
export async function runSense(run: SenseRun): Promise<void> {
  const { id, host, signal } = run;
  // Ends the device when the worker fails, so that nobody waits for a next frame.
  const device = new AbortController();
  const end = () => device.abort();
  signal.addEventListener('abort', end);
  try {
    run.onOpened(await host.open(id, { signal, onProgress: run.onProgress }));
    if (!signal.aborted) await pushFrames(run, device);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', end);
    await host.close(id).catch(() => undefined);
  }
}

/** Pictures are scarce and move to the worker; anything else is small and copied. */
function transferOf(value: unknown): Transferable[] {
  const isMoved = value instanceof VideoFrame || value instanceof ImageBitmap || value instanceof ArrayBuffer;
  return isMoved ? [value] : [];
}

async function pushFrames(run: SenseRun, device: AbortController): Promise<void> {
  const { id, host, signal } = run;
  let failure: Error | null = null;
  let crashes = 0;
  let last: unknown = null;
  const fail = (error: unknown) => {
    // Frames that went together fail together, of one cause.
    if (signal.aborted || failure || error === last) return;
    last = error;
    if (error instanceof AppError && error.code === 'worker/crashed' && ++crashes < MOST_CRASHES) return;
    failure = error instanceof Error ? error : new AppError('unexpected', String(error));
    device.abort();
  };
  const options = { onOpen: run.onDevice, busyMs: () => host.busyMs(id) };
  for await (const frame of run.openSensor(id, device.signal, options)) {
    host.push(id, frame, transferOf(frame.value)).then((result) => {
      if (result === 'superseded' || signal.aborted) return;
      crashes = 0;
      run.onResult(result);
    }, fail);
  }
  // Assigned in the callback above, which the compiler does not follow.
  if (failure as Error | null) throw failure as unknown as Error;
}
