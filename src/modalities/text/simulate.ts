import { seededRandom } from '../../core/random';
import type { EpochMs, Milliseconds, Timed } from '../../core/units';
import type { TextFrame, WrittenText } from './frame';

/** A diary of short entries; the order is what the seed decides. */
const LINES = [
  'What a lovely morning, the sun is out and I slept well.',
  'I miss my sister. The house is so empty without her.',
  'He did it again! I am so angry that I could scream.',
  'The exam is tomorrow and I am scared that I will fail.',
  'There was mould in the bread. Disgusting.',
  'I did not expect that at all, wow!',
  'I bought bread and went home.',
  'Not happy with how today went, but it could be worse.',
  'Thank you so much, you made my day 😊',
] as const;
const EVERY: Milliseconds = 2000;
const ENTRIES = 8;
const STEPS_BETWEEN = 4;

/** Somebody writes a few entries and then nothing for an hour. The same seed gives the same frames. */
export function* simulate(seed: number): Generator<Timed<TextFrame>> {
  const random = seededRandom(seed);
  const written: WrittenText[] = [];
  let at: EpochMs = 0;
  for (let i = 0; i < ENTRIES; i++) {
    for (let step = 0; step < STEPS_BETWEEN; step++) yield { at: (at += EVERY), value: { written: [...written] } };
    written.push({ at: (at += EVERY), text: LINES[Math.floor(random() * LINES.length)] ?? LINES[0] });
    yield { at, value: { written: [...written] } };
  }
  for (const after of [60_000, 900_000, 3_700_000]) yield { at: at + after, value: { written: [...written] } };
}
