import { expect, test } from 'vitest';
import { readPort } from '../../../../src/modalities/physiology/serial/readPort';
import type { SerialPortLike } from '../../../../src/modalities/physiology/serial/serialAccess';

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type End = 'pulled out' | 'framing error' | 'end';

/** A port that says a word, and after a while ends its stream, in a way of its own for each of its streams. */
function portSaying(text: string, afterMs: number, ends: readonly End[]) {
  const state = { isOpen: false, streams: 0 };
  let current: ReadableStream<Uint8Array> | null = null;
  const begin = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        const end = ends[state.streams++];
        controller.enqueue(new TextEncoder().encode(text));
        void after(afterMs).then(() => {
          current = null;
          if (end === 'end') controller.close();
          if (end === 'pulled out') controller.error(new DOMException('lost', 'NetworkError'));
          if (end === 'framing error') controller.error(new DOMException('noise', 'FramingError'));
        });
      },
    });
  const port = Object.assign(new EventTarget(), {
    open: async () => void (state.isOpen = true),
    close: async () => void (state.isOpen = false),
    getInfo: () => ({}),
  });
  Object.defineProperty(port, 'readable', { get: () => (state.isOpen ? (current ??= begin()) : null) });
  return { port: port as unknown as SerialPortLike, state };
}

async function readAll(port: SerialPortLike, signal = new AbortController().signal): Promise<string> {
  let text = '';
  for await (const piece of readPort(port, 9600, signal)) text += piece;
  return text;
}

// While it gathers (45 ms) nobody awaits the read that fails; a rejection that nobody heard would fail this file.
test.each([1, 10, 40, 44, 46, 80])('pulled out %i ms after a word: the word is read, the reader told, nothing else', async (ms) => {
  const { port, state } = portSaying('GSR:400\r\n', ms, ['pulled out']);
  const pieces: string[] = [];
  const reading = async () => {
    for await (const piece of readPort(port, 9600, new AbortController().signal)) pieces.push(piece);
  };
  await expect(reading()).rejects.toMatchObject({ name: 'NetworkError' });
  await after(0);
  expect(pieces.join('')).toBe('GSR:400\r\n');
  expect(state.isOpen).toBe(false);
});

test('a stream that ends ends the reading', async () => {
  const { port, state } = portSaying('GSR:400\r\n', 10, ['end']);
  expect(await readAll(port)).toBe('GSR:400\r\n');
  expect(state.isOpen).toBe(false);
});

test('an abort ends it at once', async () => {
  const { port, state } = portSaying('GSR:400\r\n', 1000, ['end']);
  const end = new AbortController();
  setTimeout(() => end.abort(), 20);
  const began = performance.now();
  await readAll(port, end.signal);
  expect(performance.now() - began).toBeLessThan(500);
  expect(state.isOpen).toBe(false);
});

test('a framing error ends a stream, and the port goes on with another', async () => {
  const { port, state } = portSaying('GSR:400\r\n', 60, ['framing error', 'framing error', 'end']);
  expect(await readAll(port)).toBe('GSR:400\r\n'.repeat(3));
  expect(state.streams).toBe(3);
});
