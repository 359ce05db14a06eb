import { resolve } from 'node:path';
import en from '../../src/locales/en.json';
import { RunError } from '../input/commandErrors';
import type { Item } from '../input/readManifest';
import type { Outcome } from '../page/answerAll';
import type { EvaluateRequest } from '../page/main';
import { showProgress } from '../report/showProgress';
import type { SubjectId } from '../subjects/registry';
import type { Acquaintance, ModelInUse, ResultRow } from '../subjects/subject';
import { openPage, PageLost } from './openPage';

export interface Question {
  readonly subject: SubjectId;
  readonly folder: string;
  readonly options: EvaluateRequest['options'];
}

export interface Run {
  readonly rows: readonly ResultRow[];
  readonly models: readonly ModelInUse[];
  readonly browser: string;
  /** How often the browser went away and another one went on. */
  readonly restarts: number;
}

/**
 * Has the product answer every item, in one browser or, where that goes away, in several. Of people that it knows from their calm items,
 * only the others.
 * @throws RunError when the product fails
 */
export async function answerInBrowser(request: Question, items: readonly Item[]): Promise<Run> {
  const { knows } = request.options;
  const wanted = knows === 'calm' ? items.filter((item) => !isCalm(item)) : items;
  const outcomes = new Map<number, Outcome>();
  const progress = showProgress(wanted.length);
  progress.say('building the page');
  try {
    for (let restarts = 0; ; restarts += 1) {
      const before = outcomes.size;
      const left = wanted.filter(({ index }) => !outcomes.has(index));
      const note = (index: number, outcome: Outcome): void => {
        outcomes.set(index, outcome);
        progress.done(outcomes.size);
      };
      try {
        const pass = await answerOnce(request, items, left, note);
        return { ...pass, restarts, rows: wanted.map((item) => toRow(item, outcomes.get(item.index))) };
      } catch (error) {
        if (!(error instanceof PageLost) || outcomes.size === before) throw error;
        progress.say('the browser went away; another one goes on');
      }
    }
  } finally {
    progress.end();
  }
}

const isCalm = ({ label }: Item): boolean => label === 'neutral' || label === 'calm';

function learnsFrom(knows: Acquaintance, item: Item): boolean {
  return knows === 'everything' || (knows === 'calm' && isCalm(item));
}

async function answerOnce(
  { subject, folder, options }: Question,
  items: readonly Item[],
  left: readonly Item[],
  note: (index: number, outcome: Outcome) => void,
): Promise<Pick<Run, 'models' | 'browser'>> {
  const files = new Map(items.flatMap(({ index, file }) => (file === null ? [] : [[`/items/${index}`, resolve(folder, file)] as const])));
  const opened = await openPage({ files });
  try {
    await opened.page.exposeFunction('reportOutcome', note);
    const pageItems = items.map(({ index, file, text, group }) => ({ index, file, text, group }));
    const indices = (chosen: readonly Item[]) => chosen.map(({ index }) => index);
    const learn = indices(items.filter((item) => learnsFrom(options.knows, item)));
    const asked: EvaluateRequest = { subject, options, items: pageItems, learn, open: indices(left) };
    const ended = await opened.during(() => opened.page.evaluate((request) => window.evaluate(request), asked));
    if ('code' in ended) throw new RunError(sentenceFor(ended.code, ended.message));
    return { models: ended.models, browser: opened.browserVersion };
  } finally {
    await opened.close();
  }
}

function sentenceFor(code: string, message: string): string {
  const sentences: Readonly<Record<string, string>> = en.error;
  return `The product failed (${code}): ${sentences[code] ?? ''}\n${message}`;
}

function toRow({ file, text, group, by, label }: Item, outcome: Outcome | undefined): ResultRow {
  const asked = { file, text, group, by, label };
  if (outcome && 'predicted' in outcome) return { ...asked, ...outcome, reason: null };
  return {
    ...asked,
    predicted: null,
    probabilities: null,
    confidence: null,
    valence: null,
    arousal: null,
    signalQuality: null,
    latencyMs: null,
    reason: outcome?.unreadable ?? 'no answer came back',
  };
}
