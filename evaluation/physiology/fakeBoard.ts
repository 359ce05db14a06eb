/** A board on a serial port of a browser that has none. */
export interface FakeBoard {
  /** Sends a piece of text, as it is, to whoever reads at the board's own rate. */
  send(text: string): void;
  unplug(): void;
  plugIn(): void;
  /** At which rates it was opened. */
  readonly bauds: readonly number[];
}

declare global {
  var board: FakeBoard;
}

/** Runs in the page before the app: a board that speaks at 9600 baud and is noise at any other rate. */
export function installBoard(): void {
  const bauds: number[] = [];
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let isPlugged = true;
  const port = Object.assign(new EventTarget(), {
    readable: null as ReadableStream<Uint8Array> | null,
    getInfo: () => ({ usbVendorId: 0x2341, usbProductId: 0x43 }),
    async open({ baudRate }: { baudRate: number }) {
      if (!isPlugged) throw new DOMException('gone', 'NetworkError');
      bauds.push(baudRate);
      port.readable = new ReadableStream<Uint8Array>({
        start: (given) => void (controller = given),
        cancel: () => void (controller = null),
      });
      if (baudRate !== 9600) controller?.enqueue(Uint8Array.from({ length: 500 }, (_, i) => (i * 37 + 129) % 256));
    },
    async close() {
      port.readable = null;
      controller = null;
    },
  });
  const serial = Object.assign(new EventTarget(), {
    requestPort: async () => {
      isAllowed = true;
      return port;
    },
    getPorts: async () => (isAllowed && isPlugged ? [port] : []),
  });
  // What was allowed once stays allowed after a reload.
  let isAllowed = sessionStorage.getItem('board') !== null;
  addEventListener('pagehide', () => isAllowed && sessionStorage.setItem('board', 'allowed'));
  Object.defineProperty(Navigator.prototype, 'serial', { configurable: true, get: () => serial });
  globalThis.board = {
    bauds,
    send: (text) => bauds.at(-1) === 9600 && controller?.enqueue(new TextEncoder().encode(text)),
    unplug() {
      isPlugged = false;
      controller?.error(new DOMException('The device has been lost.', 'NetworkError'));
      controller = null;
    },
    plugIn() {
      isPlugged = true;
      port.dispatchEvent(new Event('connect'));
    },
  };
}
