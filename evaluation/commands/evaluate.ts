import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import en from '../../src/locales/en.json';
import { openPage, PageLost } from '../browser/openPage';
import { RunError, UsageError } from '../input/commandErrors';
import { parseArguments } from '../input/parseArguments';
import { readManifest, type Item } from '../input/readManifest';
import type { Outcome } from '../page/answerAll';
import type { EvaluateRequest } from '../page/main';
import { formatSummary } from '../report/formatSummary';
import { summarise } from '../report/summarise';
import { showProgress } from '../report/showProgress';
import { isSubjectId, subjects, type SubjectId } from '../subjects/registry';
import type { ModelInUse, ResultRow } from '../subjects/subject';

const FLAGS = { data: 'text', limit: 'count', json: 'text', cropped: 'switch', 'label-column': 'text', 'group-column': 'text' } as const;
const USAGE =
  'npm run evaluate -- <face|music|physiology> --data <folder> [--limit N] [--json FILE] [--cropped] [--label-column NAME] [--group-column NAME]';

interface Request {
  readonly subject: SubjectId;
  readonly folder: string;
  readonly limit: number | null;
  readonly json: string | null;
  readonly cropped: boolean;
  readonly labelColumn: string | null;
  readonly groupColumn: string | null;
}

/** `npm run evaluate`: the product's own path over a labelled folder. */
export async function main(argv: readonly string[]): Promise<void> {
  const request = readRequest(argv);
  const { labels, input } = subjects[request.subject];
  const items = await readManifest(request.folder, { labels, input, ...request });
  const run = await answerInBrowser(request, items);
  const summary = summarise(run.rows, labels.answers);
  if (request.json !== null) {
    const { subject, cropped, limit } = request;
    const report = {
      subject,
      cropped,
      limit,
      evaluatedAt: new Date().toISOString(),
      browser: run.browser,
      restarts: run.restarts,
      models: run.models,
      summary,
      items: run.rows,
    };
    await mkdir(dirname(request.json), { recursive: true });
    await writeFile(request.json, `${JSON.stringify(report, null, 1)}\n`);
  }
  for (const { name, version, backend } of run.models) console.log(`model        ${name} ${version} on ${backend}`);
  if (run.restarts > 0) console.log(`restarts     the browser went away ${run.restarts} times and another one went on`);
  console.log(formatSummary(summary));
}

function readRequest(argv: readonly string[]): Request {
  const { words, text, counts, switches } = parseArguments(argv, FLAGS);
  const [subject, ...rest] = words;
  if (subject === undefined || rest.length > 0) throw new UsageError(`Usage: ${USAGE}`);
  if (!isSubjectId(subject)) throw new UsageError(`"${subject}" cannot be evaluated; choose one of ${Object.keys(subjects).join(', ')}.`);
  if (text['data'] === undefined) throw new UsageError(`--data <folder> is missing. Usage: ${USAGE}`);
  return {
    subject,
    folder: resolve(text['data']),
    limit: counts['limit'] ?? null,
    json: text['json'] === undefined ? null : resolve(text['json']),
    cropped: switches.has('cropped'),
    labelColumn: text['label-column'] ?? null,
    groupColumn: text['group-column'] ?? null,
  };
}

interface Run {
  readonly rows: readonly ResultRow[];
  readonly models: readonly ModelInUse[];
  readonly browser: string;
  /** How often the browser went away and another one went on. */
  readonly restarts: number;
}

async function answerInBrowser(request: Request, items: readonly Item[]): Promise<Run> {
  const outcomes = new Map<number, Outcome>();
  const progress = showProgress(items.length);
  progress.say('building the page');
  try {
    for (let restarts = 0; ; restarts += 1) {
      const before = outcomes.size;
      const left = items.filter(({ index }) => !outcomes.has(index));
      const note = (index: number, outcome: Outcome): void => {
        outcomes.set(index, outcome);
        progress.done(outcomes.size);
      };
      try {
        const pass = await answerOnce(request, left, note);
        return { ...pass, restarts, rows: items.map((item) => toRow(item, outcomes.get(item.index))) };
      } catch (error) {
        if (!(error instanceof PageLost) || outcomes.size === before) throw error;
        progress.say('the browser went away; another one goes on');
      }
    }
  } finally {
    progress.end();
  }
}

async function answerOnce(
  { subject, folder, cropped }: Request,
  items: readonly Item[],
  note: (index: number, outcome: Outcome) => void,
): Promise<Pick<Run, 'models' | 'browser'>> {
  const files = new Map(items.flatMap(({ index, file }) => (file === null ? [] : [[`/items/${index}`, resolve(folder, file)] as const])));
  const opened = await openPage({ files });
  try {
    await opened.page.exposeFunction('reportOutcome', note);
    const asked: EvaluateRequest = { subject, options: { cropped }, items: items.map(({ index, file, text }) => ({ index, file, text })) };
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

function toRow({ file, text, group, label }: Item, outcome: Outcome | undefined): ResultRow {
  const asked = { file, text, group, label };
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
