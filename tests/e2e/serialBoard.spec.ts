import { expect, SyncIn, test } from './app';

interface FakeBoard {
  /** Sends a piece of text, as it is, to whoever reads. */
  send(text: string): void;
  unplug(): void;
  plugIn(): void;
  readonly bauds: readonly number[];
}
declare global {
  var board: FakeBoard;
}

/** Runs in the page: a board that speaks at one baud rate and is noise at any other. */
function installBoard(): void {
  const bauds: number[] = [];
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let isPlugged = true;
  const port = Object.assign(new EventTarget(), {
    readable: null as ReadableStream<Uint8Array> | null,
    getInfo: () => ({}),
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
  const serial = Object.assign(new EventTarget(), { requestPort: async () => port, getPorts: async () => [port] });
  Object.defineProperty(Navigator.prototype, 'serial', { configurable: true, get: () => serial });
  globalThis.board = {
    bauds,
    // At a wrong rate there is noise only.
    send: (text) => bauds.at(-1) === 9600 && controller?.enqueue(new TextEncoder().encode(text)),
    unplug() {
      isPlugged = false;
      controller?.error(new DOMException('The device has been lost.', 'NetworkError'));
    },
    plugIn() {
      isPlugged = true;
      port.dispatchEvent(new Event('connect'));
    },
  };
}

test('a board: baud rate found, 100 lines a second, garbage, unplugged, plugged in again', async ({ page }) => {
  test.setTimeout(180_000);
  await page.addInitScript(installBoard);
  await new SyncIn(page).openAndAccept();
  const row = page.getByTestId('sense-physiology');
  await row.getByRole('button', { name: 'Switch on' }).click();
  await page.evaluate(() => setInterval(() => globalThis.board.send('GSR:400\r\n'), 10));
  await page.getByTestId('connect-serial').click();
  const device = page.getByTestId('device');
  await expect(device).toHaveAttribute('data-link', 'connected', { timeout: 60_000 });
  expect(await page.evaluate(() => globalThis.board.bauds.slice(0, 3))).toEqual([115_200, 9600, 9600]);
  await expect(row).toContainText('6.14');
  await page.evaluate(() => globalThis.board.send('\u0000\ufffd{"x":NaN}\r\nGSR:NaN\r\nnoise '.repeat(500)));
  await expect(row).not.toContainText('NaN');
  await expect(row).toContainText('6.14');
  await page.evaluate(() => globalThis.board.unplug());
  await expect(device).toHaveAttribute('data-link', 'reconnecting');
  await expect(row).not.toContainText('6.14');
  await page.evaluate(() => globalThis.board.plugIn());
  await expect(device).toHaveAttribute('data-link', 'connected');
  await expect(row).toContainText('6.14');
});
