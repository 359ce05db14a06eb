import type { Page } from 'playwright-core';

/** Measured once in each fifth of the work: a measurement collects the garbage of all threads, which costs them time. */
const PARTS = 5;

type MeasuringPerformance = Performance & { measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }> };

/** Memory of a page and its workers, MB, by performance.measureUserAgentSpecificMemory, after a fraction of the work and from then on. */
export class MemoryCurve {
  readonly #samples: number[] = [];
  #running: Promise<void> | null = null;
  /** From the first fifth on everything is loaded and warm: what still grows, grows with the songs. */
  #next = 1;

  constructor(
    private readonly page: Page,
    private readonly total: number,
  ) {}

  /** Measures when another fifth is done, unless a measurement is under way: the browser takes seconds for one, at a moment of its own choice. */
  note(done: number): void {
    if (done * PARTS < this.#next * this.total || this.#running) return;
    this.#next++;
    this.#running = this.#measure().finally(() => (this.#running = null));
  }

  async end(): Promise<{ readonly early: number; readonly end: number; readonly peak: number; readonly growth: number }> {
    await this.#running;
    await this.#measure();
    const early = this.#samples[0] ?? Number.NaN;
    const end = this.#samples.at(-1) ?? Number.NaN;
    return { early, end, peak: Math.max(...this.#samples), growth: end - early };
  }

  async #measure(): Promise<void> {
    const bytes = await this.page.evaluate(
      async () => (await (performance as MeasuringPerformance).measureUserAgentSpecificMemory()).bytes,
    );
    this.#samples.push(bytes / 1e6);
  }
}
