import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { answerInBrowser } from '../browser/answerInBrowser';
import type { FusionKind } from '../../src/core/fusion';
import { UsageError } from '../input/commandErrors';
import { parseArguments } from '../input/parseArguments';
import { readManifest, type ManifestOptions } from '../input/readManifest';
import { readWhere } from '../input/readWhere';
import { evaluateFusion, readFusionKind } from '../fusion/evaluateFusion';
import type { EvaluateRequest } from '../page/main';
import { judge } from '../report/judge';
import { formatSummary } from '../report/formatSummary';
import { summarise } from '../report/summarise';
import { isSubjectId, subjects, type SubjectId } from '../subjects/registry';
import type { Acquaintance } from '../subjects/subject';
import { evaluateText } from '../text/evaluateText';
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
  calm: 'switch',
  noise: 'count',
  kind: 'text',
  reverb: 'switch',
  codec: 'switch',
  suppress: 'switch',
  small: 'switch',
  fusion: 'text',
} as const;
/** Takes no files and no texts, but what the senses say: evaluated on a way of its own. */
const FUSION = 'fusion';
const NAMES = [...Object.keys(subjects), FUSION];
const USAGE = `npm run evaluate -- <${NAMES.join('|')}> --data <folder> [--limit N] [--json FILE] [--where COLUMN=VALUE] [--closed]
       [--label-column NAME] [--group-column NAME] [--by-column NAME]
       face: [--cropped]   voice: [--per-speaker | --calm] [--noise DB [--kind white|babble|music]] [--reverb] [--codec] [--suppress]   text: [--small]   fusion: [--fusion KIND]`;

interface Request {
  readonly subject: SubjectId | typeof FUSION;
  readonly folder: string;
  readonly json: string | null;
  /** Answers only from the classes that occur. */
  readonly isClosed: boolean;
  readonly manifest: Omit<ManifestOptions, 'labels' | 'input'>;
  readonly options: EvaluateRequest['options'];
  readonly kind: FusionKind;
}

/** `npm run evaluate`: the product's own path over a labelled folder. */
export async function main(argv: readonly string[]): Promise<void> {
  const request = readRequest(argv);
  if (request.subject === FUSION) return evaluateFusion(request);
  if (request.subject === 'text') return evaluateText(request);
  return evaluateItems({ ...request, subject: request.subject });
}

async function evaluateItems(request: Request & { readonly subject: SubjectId }): Promise<void> {
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
  const subject = readSubject(words);
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
    kind: readFusionKind(text['fusion']),
    options: {
      cropped: switches.has('cropped'),
      knows: readAcquaintance(switches),
      small: switches.has('small'),
      condition: readCondition(counts['noise'], text['kind'], switches),
    },
  };
}

function readSubject([subject, ...rest]: readonly string[]): Request['subject'] {
  if (subject === undefined || rest.length > 0) throw new UsageError(`Usage: ${USAGE}`);
  if (subject === FUSION || isSubjectId(subject)) return subject;
  throw new UsageError(`"${subject}" cannot be evaluated; choose one of ${NAMES.join(', ')}.`);
}

function readAcquaintance(switches: ReadonlySet<string>): Acquaintance {
  if (switches.has('calm')) return 'calm';
  return switches.has('per-speaker') ? 'everything' : 'nobody';
}
