import type { Answer, OpenSubject } from '../subjects/subject';

/** One item as the page gets it. */
export interface PageItem {
  readonly index: number;
  /** Below the data folder, with the extension the product may look at. */
  readonly file: string | null;
  readonly text: string | null;
  readonly group: string | null;
}

export type Outcome = Answer | { readonly unreadable: string };

/** How many files are on their way to the page while others are worked on. */
const FETCH_AHEAD = 4;

type Fetched = { readonly item: PageItem; readonly file: File | null } | { readonly item: PageItem; readonly unreadable: string };

/**
 * Asks the subject about every item, as many at a time as the product itself works on, and reports each answer when it
 * is there. Rejects when the product fails; an item it cannot read is an answer.
 */
export async function answerAll(
  items: readonly PageItem[],
  subject: Pick<OpenSubject, 'parallel' | 'answer'>,
  fetchFile: (item: PageItem) => Promise<File | null>,
  report: (index: number, outcome: Outcome) => Promise<void> | void,
): Promise<void> {
  const ahead: Promise<Fetched>[] = [];
  let next = 0;
  const fetchItem = async (item: PageItem): Promise<Fetched> => {
    if (item.file === null) return { item, file: null };
    const file = await fetchFile(item);
    return file === null ? { item, unreadable: 'the file is missing or could not be opened' } : { item, file };
  };
  const take = (): Promise<Fetched> | undefined => {
    for (let item = items[next]; item && ahead.length < FETCH_AHEAD; item = items[next]) {
      ahead.push(fetchItem(item));
      next += 1;
    }
    return ahead.shift();
  };
  const work = async (): Promise<void> => {
    for (let waiting = take(); waiting; waiting = take()) {
      const fetched = await waiting;
      const outcome =
        'unreadable' in fetched
          ? { unreadable: fetched.unreadable }
          : await subject.answer({ file: fetched.file, text: fetched.item.text, group: fetched.item.group });
      await report(fetched.item.index, outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, subject.parallel) }, work));
}
