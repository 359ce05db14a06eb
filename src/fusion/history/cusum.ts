/**
 * Two-sided self-starting CUSUM of one figure with known spread: Page 1954, Continuous inspection schemes, Biometrika 41, 100; the running
 * mean as reference after Hawkins 1987, Self-starting CUSUM charts for location and scale, The Statistician 36, 299. The scaled distance of a
 * reading from the mean of those before, sqrt(n / (n + 1)) (x − mean) / sd, is standard normal while nothing changes.
 */
export interface CusumOptions {
  /** Standard deviation of a reading while nothing changes. */
  readonly sd: number;
  /** Slack in standard deviations: shifts of twice this size are found fastest. */
  readonly slack: number;
  /** Alarm level in standard deviations. */
  readonly level: number;
}

export class Cusum {
  #mean = 0;
  #n = 0;
  #up = 0;
  #down = 0;

  constructor(private readonly options: CusumOptions) {}

  /** @returns whether the figure has changed */
  add(x: number): boolean {
    const { sd, slack, level } = this.options;
    const z = this.#n === 0 ? 0 : (Math.sqrt(this.#n / (this.#n + 1)) * (x - this.#mean)) / sd;
    this.#up = Math.max(0, this.#up + z - slack);
    this.#down = Math.max(0, this.#down - z - slack);
    this.#mean += (x - this.#mean) / ++this.#n;
    return Math.max(this.#up, this.#down) > level;
  }
}

/**
 * Mean number of readings until the alarm: Siegmund 1985, Sequential analysis, formula 2.55; the exact value lies within a few percent.
 * @param shift of the mean, in standard deviations, in the direction of the sum; 0: until a false alarm of one side
 */
export function meanRunLength(shift: number, { slack, level }: Omit<CusumOptions, 'sd'>): number {
  const drift = shift - slack;
  const b = level + 1.166;
  return drift === 0 ? b ** 2 : (Math.exp(-2 * drift * b) + 2 * drift * b - 1) / (2 * drift ** 2);
}
