import { describe, expect, it } from 'vitest';
import { answerAll, type Outcome, type PageItem } from '../../../../evaluation/page/answerAll';
import type { Answer } from '../../../../evaluation/subjects/subject';

const ANSWER: Answer = {
  predicted: 'a',
  probabilities: { a: 1 },
  confidence: 1,
  valence: 0,
  arousal: 0,
  signalQuality: null,
  latencyMs: 1,
};
const ITEMS: PageItem[] = Array.from({ length: 10 }, (_, index) => ({ index, file: `${index}.png`, text: null, group: null }));
const fetchFile = ({ file }: PageItem) => Promise.resolve(new File(['x'], file ?? ''));

/** Runs all items with a subject that notes how many it has at once. */
async function run(parallel: number, items: readonly PageItem[] = ITEMS) {
  const outcomes = new Map<number, Outcome>();
  let now = 0;
  let most = 0;
  const answer = async () => {
    most = Math.max(most, (now += 1));
    await new Promise((resolve) => setTimeout(resolve, 1));
    now -= 1;
    return ANSWER;
  };
  await answerAll(items, { parallel, answer }, fetchFile, (index, outcome) => void outcomes.set(index, outcome));
  return { outcomes, most };
}

describe('answerAll', () => {
  it('answers every item once', async () => {
    const { outcomes } = await run(3);
    expect([...outcomes.keys()].sort((a, b) => a - b)).toEqual(ITEMS.map(({ index }) => index));
  });

  it('works on as many at once as the product does', async () => {
    expect((await run(1)).most).toBe(1);
    expect((await run(3)).most).toBe(3);
  });

  it('ends at once without an item', async () => {
    expect((await run(2, [])).outcomes.size).toBe(0);
  });

  it('reports a file that cannot be fetched and goes on', async () => {
    const outcomes: Outcome[] = [];
    const fetchSome = (item: PageItem) => (item.index === 0 ? Promise.resolve(null) : fetchFile(item));
    await answerAll(
      ITEMS.slice(0, 2),
      { parallel: 1, answer: () => Promise.resolve(ANSWER) },
      fetchSome,
      (_, outcome) => void outcomes.push(outcome),
    );
    expect(outcomes).toEqual([{ unreadable: 'the file is missing or could not be opened' }, ANSWER]);
  });

  it('hands texts over without fetching', async () => {
    const seen: (string | null)[] = [];
    const answer = ({ text }: { text: string | null }) => {
      seen.push(text);
      return Promise.resolve(ANSWER);
    };
    const refuse = () => Promise.reject(new Error('nothing to fetch'));
    await answerAll([{ index: 0, file: null, text: 'What a day!', group: null }], { parallel: 1, answer }, refuse, () => undefined);
    expect(seen).toEqual(['What a day!']);
  });

  it('stops when the product fails', async () => {
    await expect(
      answerAll(ITEMS, { parallel: 2, answer: () => Promise.reject(new Error('worker died')) }, fetchFile, () => undefined),
    ).rejects.toThrow('worker died');
  });
});
