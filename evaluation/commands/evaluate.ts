import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import en from '../../src/locales/en.json';
import { openPage, PageLost } from '../browser/openPage';
import { RunError, UsageError } from '../input/commandErrors';
import { parseArguments } from '../input/parseArguments';
import { readManifest, type Item, type ManifestOptions } from '../input/readManifest';
import type { Outcome } from '../page/answerAll';
import type { EvaluateRequest } from '../page/main';
import { judge } from '../report/judge';
import { formatSummary } from '../report/formatSummary';
import { summarise } from '../report/summarise';
import { showProgress } from '../report/showProgress';
import { isSubjectId, subjects, type SubjectId } from '../subjects/registry';
import type { ModelInUse, ResultRow } from '../subjects/subject';
import { isClean, nameOf, readCondition } from '../voice/soundCondition';

const FLAGS = {
  data: 'text',
  limit: 'count',
  json: 'text',
  cropped: 'switch',
  'label-column': 'text',
  'group-column': 'text',
  'by-column': 'text',
  where: 'text',
  closed: 'switch',
  'per-speaker': 'switch',
  noise: 'count',
  kind: 'text',
  reverb: 'switch',
  codec: 'switch',
  suppress: 'switch',
} as const;
const USAGE = `npm run evaluate -- <${Object.keys(subjects).join('|')}> --data <folder> [--limit N] [--json FILE] [--where COLUMN=VALUE] [--closed]
       [--label-column NAME] [--group-column NAME] [--by-column NAME]
       face: [--cropped]   voice: [--per-speaker] [--noise DB [--kind white|babble|music]] [--reverb] [--codec] [--suppress]`;

interface Request {
  readonly subject: SubjectId;
  readonly folder: string;
  readonly json: string | null;
  /** Answers only from the classes that occur. */
  readonly isClosed: boolean;
  readonly manifest: Omit<ManifestOptions, 'labels' | 'input'>;
  readonly options: EvaluateRequest['options'];
}

/** `npm run evaluate`: the product's own path over a labelled folder. */
export async function main(argv: readonly string[]): Promise<void> {
  const request = readRequest(argv);
  const { labels, input } = subjects[request.subject];
  const items = await readManifest(request.folder, { labels, input, ...request.manifest });
  const run = await answerInBrowser(request, items);
  const { rows, answers, excluded } = judge(run.rows, labels, request.isClosed);
  const summary = summarise(rows, answers);
  if (request.json !== null) {
    const { subject, isClosed, options, manifest } = request;
    const report = {
      subject,
      ...options,
      isClosed,
      excluded,
      limit: manifest.limit,
      where: manifest.where,
      evaluatedAt: new Date().toISOString(),
      browser: run.browser,
      restarts: run.restarts,
      models: run.models,
      summary,
      items: rows,
    };
    await mkdir(dirname(request.json), { recursive: true });
    await writeFile(request.json, `${JSON.stringify(report, null, 1)}\n`);
  }
  for (const { name, version, backend } of run.models) console.log(`model        ${name} ${version} on ${backend}`);
  if (run.restarts > 0) console.log(`restarts     the browser went away ${run.restarts} times and another one went on`);
  if (request.isClosed) console.log(`closed set   ${answers.length} classes; ${excluded} items of others left out`);
  if (!isClean(request.options.condition)) console.log(`condition    ${nameOf(request.options.condition)}`);
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
    json: text['json'] === undefined ? null : resolve(text['json']),
    isClosed: switches.has('closed'),
    manifest: {
      limit: counts['limit'] ?? null,
      labelColumn: text['label-column'] ?? null,
      groupColumn: text['group-column'] ?? null,
      byColumn: text['by-column'] ?? null,
      where: readWhere(text['where']),
    },
    options: {
      cropped: switches.has('cropped'),
      perSpeaker: switches.has('per-speaker'),
      condition: readCondition(counts['noise'], text['kind'], switches),
    },
  };
}

/** `split=test,sex=F` */
function readWhere(conditions: string | undefined): Readonly<Record<string, string>> {
  const pairs = (conditions?.split(',') ?? []).map((condition) => {
    const [name, value] = condition.split('=');
    if (!name || value === undefined) throw new UsageError(`--where needs COLUMN=VALUE, not "${condition}".`);
    return [name.trim(), value.trim()] as const;
  });
  return Object.fromEntries(pairs);
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
        const pass = await answerOnce(request, items, left, note);
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
  { subject, folder, options }: Request,
  items: readonly Item[],
  left: readonly Item[],
  note: (index: number, outcome: Outcome) => void,
): Promise<Pick<Run, 'models' | 'browser'>> {
  const files = new Map(items.flatMap(({ index, file }) => (file === null ? [] : [[`/items/${index}`, resolve(folder, file)] as const])));
  const opened = await openPage({ files });
  try {
    await opened.page.exposeFunction('reportOutcome', note);
    const pageItems = items.map(({ index, file, text, group }) => ({ index, file, text, group }));
    const asked: EvaluateRequest = { subject, options, items: pageItems, open: left.map(({ index }) => index) };
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
