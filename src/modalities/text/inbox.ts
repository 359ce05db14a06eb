import type { CancelSignal, EpochMs, Milliseconds, Timed } from '../../core/units';
import type { TextFrame, WrittenText } from './frame';

/** A mood fades slowly: so often is often enough, and costs next to nothing. */
const EVERY: Milliseconds = 2000;

/** What the page writes goes in here; the sense takes it out. Only the newest state matters. */
export class TextInbox {
  #written: readonly WrittenText[] = [];
  #wake: (() => void) | null = null;

  constructor(private readonly now: () => EpochMs) {}

  /** @param written everything of the last hour, oldest first */
  put(written: readonly WrittenText[]): void {
    this.#written = written;
    this.#wake?.();
  }

  /** A frame at once, whenever something is put, and every two seconds while there is something to fade. */
  async *frames(signal: CancelSignal): AsyncGenerator<Timed<TextFrame>, void> {
    while (!signal.aborted) {
      yield { at: this.now(), value: { written: this.#written } };
      if (!signal.aborted) await this.#next(signal);
    }
  }

  #next(signal: CancelSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#written.length > 0 ? setTimeout(() => this.#wake?.(), EVERY) : undefined;
      this.#wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#wake = null;
        resolve();
      };
      const wake = () => this.#wake?.();
      signal.addEventListener('abort', wake);
    });
  }
}
