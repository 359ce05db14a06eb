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

/** What arrives within this time is read as one: a browser wakes the page for every few bytes otherwise. */
const GATHER_MS: Milliseconds = 45;

/** @returns whether the port goes on with another stream */
async function* readStream(stream: ReadableStream<Uint8Array>, decoder: TextDecoder, signal: AbortSignal): AsyncGenerator<string, boolean> {
  const reader = stream.getReader();
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  let next = readNext(reader);
  try {
    for (;;) {
      const first = await next;
      if (first.done) return false;
      next = readNext(reader);
      await waitFor(GATHER_MS, signal);
      const gathered = await gather(reader, next);
      next = gathered.next;
      yield [first.value, ...gathered.pieces].map((piece) => decoder.decode(piece, { stream: true })).join('');
    }
  } catch (error) {
    if (!(error instanceof DOMException) || !FRAMING_ERRORS.includes(error.name)) throw error;
    return !signal.aborted;
  } finally {
    signal.removeEventListener('abort', cancel);
    reader.releaseLock();
  }
}

type Read = Promise<ReadableStreamReadResult<Uint8Array>>;

/** A read whose failure is no surprise: who awaits it hears of it, later perhaps, or nobody does because the lock is gone. */
function readNext(reader: ReadableStreamDefaultReader<Uint8Array>): Read {
  const next = reader.read();
  next.catch(() => undefined);
  return next;
}

/** The pieces that have arrived, and the read that still waits. An end or a failure is left to who awaits that read. */
async function gather(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  waiting: Read,
): Promise<{ readonly pieces: readonly Uint8Array[]; readonly next: Read }> {
  const pieces: Uint8Array[] = [];
  const nothingMore = new Promise<null>((resolve) => setTimeout(resolve, 0, null));
  for (let next = waiting; ; next = readNext(reader)) {
    const piece = await Promise.race([next.catch(() => null), nothingMore]);
    if (piece === null || piece.done) return { pieces, next };
    pieces.push(piece.value);
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
