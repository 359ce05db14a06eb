import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import en from '../../src/locales/en.json';
import { openPage } from '../browser/openPage';
import { RunError, UsageError } from '../input/commandErrors';
import { parseArguments } from '../input/parseArguments';
import { readManifest, type Item } from '../input/readManifest';
import type { Outcome } from '../page/answerAll';
import type { Ended } from '../page/main';
import { formatSummary } from '../report/formatSummary';
import { summarise } from '../report/summarise';
import { showProgress } from '../report/showProgress';
import { isSubjectId, subjects, type SubjectId } from '../subjects/registry';
import type { ModelInUse, ResultRow } from '../subjects/subject';

const FLAGS = { data: 'text', limit: 'count', json: 'text', cropped: 'switch', 'label-column': 'text', 'group-column': 'text' } as const;
const USAGE =
  'npm run evaluate -- <face|music> --data <folder> [--limit N] [--json FILE] [--cropped] [--label-column NAME] [--group-column NAME]';

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
      models: run.models,
      summary,
      items: run.rows,
    };
    await mkdir(dirname(request.json), { recursive: true });
    await writeFile(request.json, `${JSON.stringify(report, null, 1)}\n`);
  }
  for (const { name, version, backend } of run.models) console.log(`model        ${name} ${version} on ${backend}`);
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

async function answerInBrowser(
  request: Request,
  items: readonly Item[],
): Promise<{ rows: ResultRow[]; models: readonly ModelInUse[]; browser: string }> {
  const files = new Map(
    items.flatMap(({ index, file }) => (file === null ? [] : [[`/items/${index}`, resolve(request.folder, file)] as const])),
  );
  const progress = showProgress(items.length);
  progress.say('building the page');
  const opened = await openPage({ files });
  try {
    const outcomes = new Map<number, Outcome>();
    await opened.page.exposeFunction('reportOutcome', (index: number, outcome: Outcome) => {
      outcomes.set(index, outcome);
      progress.done(outcomes.size);
    });
    const ended = await opened.during(() =>
      opened.page.evaluate<Ended, Parameters<typeof window.evaluate>[0]>((asked) => window.evaluate(asked), {
        subject: request.subject,
        options: { cropped: request.cropped },
        items: items.map(({ index, file, text }) => ({ index, file, text })),
      }),
    );
    if ('code' in ended) throw new RunError(sentenceFor(ended.code, ended.message));
    return { rows: items.map((item) => toRow(item, outcomes.get(item.index))), models: ended.models, browser: opened.browserVersion };
  } finally {
    progress.end();
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
