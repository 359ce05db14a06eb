import type { Observation } from '../../core/emotion';
import type { Milliseconds, Timed } from '../../core/units';
import type { TextReading } from '../../core/records/writtenEntry';
import type { Session } from '../../ml/session';
import type { Estimator, EstimatorOptions } from '../modality';
import type { TextFrame } from './frame';
import { FADED, trackMood, type ReadEntry } from './mood/trackMood';
import { TextReader } from './words/reader';

class TextEstimator implements Estimator<TextFrame, 'text'> {
  #reader: TextReader;

  constructor(
    private readonly session: Session | null,
    private readonly options: EstimatorOptions,
  ) {
    this.#reader = new TextReader(session);
  }

  async push({ at, value: { written } }: Timed<TextFrame>): Promise<Observation<'text'>> {
    const read: ReadEntry[] = [];
    let last: TextReading | null = null;
    const lately = written.filter((entry) => at - entry.at < FADED);
    for (const entry of lately) {
      last = await this.#timed(entry.text);
      if (last.kind === 'estimate') read.push({ at: entry.at, reading: last });
    }
    const mood = trackMood(read, at);
    if (mood) return { kind: 'estimate', estimate: mood };
    return { kind: 'absent', source: 'text', at, reason: last?.kind === 'absent' ? last.reason : 'no-text' };
  }

  async readTexts(texts: readonly string[]): Promise<readonly TextReading[]> {
    const readings: TextReading[] = [];
    for (const text of texts) readings.push(await this.#timed(text));
    return readings;
  }

  reset(): void {
    this.#reader = new TextReader(this.session);
  }

  async #timed(text: string): Promise<TextReading> {
    const started = this.#now();
    const reading = await this.#reader.read(text);
    this.options.onStage?.('model', this.#now() - started);
    return reading;
  }

  #now(): Milliseconds {
    return this.options.clock?.() ?? 0;
  }
}

/**
 * What is written: each text through the model (through word lists while there is none), and a mood over those of the last hour. Absent
 * while nothing is written, and with a language that it does not read.
 */
export function createEstimator([session]: readonly Session[], options: EstimatorOptions = {}): TextEstimator {
  return new TextEstimator(session ?? null, options);
}
