/** More waiting blocks than this (10 s) mean that nobody reads any more: the oldest go. */
const CAPACITY = 100;

/** What events put in, a loop takes out in order. */
export class Inbox<T> {
  #items: T[] = [];
  #wake: (() => void) | null = null;

  put(item: T): void {
    if (this.#items.length >= CAPACITY) this.#items.shift();
    this.#items.push(item);
    this.#wake?.();
  }

  async take(): Promise<T> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) return item;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
