import type { Milliseconds } from '../../../core/units';
import { waitFor } from '../devices/backOff';
import type { SerialPortLike } from './serialAccess';

/**
 * Opens a port at a baud rate and hands on its text until `signal` aborts; then the port is closed.
 * @throws DOMException 'NetworkError' when the device is pulled out, 'InvalidStateError' or 'NetworkError' when it does not open
 */
export async function* readPort(port: SerialPortLike, baudRate: number, signal: AbortSignal): AsyncGenerator<string, void> {
  await port.open({ baudRate });
  const decoder = new TextDecoder();
  try {
    // A framing or parity error ends one stream, and the port offers another.
    while (port.readable && (yield* readStream(port.readable, decoder, signal)));
  } finally {
    // A port that was pulled out has nothing left to close.
    await port.close().catch(() => undefined);
  }
}

const FRAMING_ERRORS = ['BufferOverrunError', 'BreakError', 'FramingError', 'ParityError'];

/** After each look at what has arrived: a browser wakes the page for every few bytes otherwise. */
const REST_MS: Milliseconds = 30;
/** Pieces that are there already follow each other faster than new ones can arrive. */
const ARRIVAL_MS: Milliseconds = 2;

/** @returns whether the port goes on with another stream */
async function* readStream(stream: ReadableStream<Uint8Array>, decoder: TextDecoder, signal: AbortSignal): AsyncGenerator<string, boolean> {
  const reader = stream.getReader();
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  try {
    let restedAt = -Infinity;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return false;
      yield decoder.decode(value, { stream: true });
      if (performance.now() - restedAt < ARRIVAL_MS) continue;
      await waitFor(REST_MS, signal);
      restedAt = performance.now();
    }
  } catch (error) {
    if (!(error instanceof DOMException) || !FRAMING_ERRORS.includes(error.name)) throw error;
    return !signal.aborted;
  } finally {
    signal.removeEventListener('abort', cancel);
    reader.releaseLock();
  }
}

/** Enough for a sketch that prints twice a second. */
const LISTEN_MS: Milliseconds = 2500;
const ENOUGH_TEXT = 400;

/** What a port says at a baud rate within 2.5 s, or less when it says much. */
export async function listenTo(port: SerialPortLike, baudRate: number, signal: AbortSignal): Promise<string> {
  const end = new AbortController();
  const stop = () => end.abort();
  const timer = setTimeout(stop, LISTEN_MS);
  signal.addEventListener('abort', stop);
  let text = '';
  try {
    for await (const piece of readPort(port, baudRate, end.signal)) {
      text += piece;
      if (text.length >= ENOUGH_TEXT) break;
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
  return text;
}
