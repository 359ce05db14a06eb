import { describe, expect, test } from 'vitest';
import type { TextReading } from '../../../../src/core/records/writtenEntry';
import { TextReader } from '../../../../src/modalities/text/words/reader';
import { entryEmotion, feltIn } from '../../../../src/ui/writing/entryWords';
import { hasModel, openModel } from '../../../support/openModel';
import { LATER_PROBES, PROBES, type Probe } from './probes';

/** What the user would be told: a single label, or none. */
function said(reading: TextReading): string {
  const emotion = entryEmotion(reading);
  if (emotion === null || reading.kind !== 'estimate') return 'not clear';
  return feltIn(reading).length > 1 ? `${emotion}+` : emotion;
}

/** Several feelings side by side are what an unclear text says; of a clear one the first must be right. */
function passes({ expected }: Probe, answer: string): boolean {
  return expected === 'not clear' ? answer === expected || answer.endsWith('+') : answer.replace('+', '') === expected;
}

interface Scored {
  readonly rate: number;
  readonly failed: readonly string[];
  readonly kinds: string;
}

async function score(reader: TextReader, probes: readonly Probe[]): Promise<Scored> {
  const failed: string[] = [];
  const kinds = new Map<string, { right: number; of: number }>();
  for (const probe of probes) {
    const answer = said(await reader.read(probe.text));
    const isRight = passes(probe, answer);
    const kind = kinds.get(probe.kind) ?? { right: 0, of: 0 };
    kinds.set(probe.kind, { right: kind.right + Number(isRight), of: kind.of + 1 });
    if (!isRight) failed.push(`${probe.kind}: "${probe.text}" is ${probe.expected}, read as ${answer}`);
  }
  const table = [...kinds].map(([kind, { right, of }]) => `${kind} ${right}/${of}`).join(', ');
  return { rate: 1 - failed.length / probes.length, failed, kinds: table };
}

test('there are enough of them, each once, of every label', () => {
  expect(PROBES.length).toBeGreaterThanOrEqual(120);
  expect(new Set(PROBES.map(({ text }) => text)).size).toBe(PROBES.length);
  expect(new Set(PROBES.map(({ expected }) => expected)).size).toBe(8);
});

/** Without sarcasm, slang, lyrics, and what is only implied. */
const TOLD: readonly string[] = ['plain', 'negation', 'intensity', 'emoji', 'mixed', 'question', 'typo', 'none'];

const told = (who: string, { rate, failed, kinds }: Scored) => `${who}: ${(100 * rate).toFixed(1)} % (${kinds})\n${failed.join('\n')}`;

/** `npx vitest run --project node tests/unit/modalities/text/probes.test.ts --reporter=verbose` prints the figures and what failed. */
describe('hand-written sentences', () => {
  test('the word lists alone', async ({ annotate }) => {
    const reader = new TextReader(null);
    const first = await score(reader, PROBES);
    await annotate(told(`word lists on ${PROBES.length}, after which they were mended`, first));
    const later = await score(reader, LATER_PROBES);
    await annotate(told(`word lists on ${LATER_PROBES.length} of later`, later));
    expect(first.rate).toBeGreaterThanOrEqual(0.75);
    expect(later.rate).toBeGreaterThanOrEqual(0.6);
  });

  test.skipIf(!hasModel('text-emotion'))('the model, of the kinds that a single sentence can tell, and of all', async ({ annotate }) => {
    const reader = new TextReader(await openModel('text-emotion'));
    const all = [...PROBES, ...LATER_PROBES];
    const plain = await score(
      reader,
      all.filter(({ kind }) => TOLD.includes(kind)),
    );
    await annotate(told(`model on ${all.filter(({ kind }) => TOLD.includes(kind)).length} that say what they mean`, plain));
    const scored = await score(reader, all);
    await annotate(told(`model on all ${all.length}`, scored));
    // The goal for the first figure is .85; the card lists what fails.
    expect(plain.rate).toBeGreaterThanOrEqual(0.8);
    expect(scored.rate).toBeGreaterThanOrEqual(0.74);
  });
});
