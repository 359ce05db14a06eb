import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { benchLibrary } from '../app/benchLibrary';
import { benchScale } from '../app/benchScale';
import { benchFeatures } from '../features/benchFeatures';
import { openPage } from '../browser/openPage';
import { RunError, UsageError } from '../input/commandErrors';
import { parseArguments } from '../input/parseArguments';
import type { BenchRequest } from '../page/main';

const FLAGS = { data: 'text', clip: 'text', seconds: 'count', hours: 'count', songs: 'count', app: 'text' } as const;
const PAGE_PARTS = ['face', 'music', 'backends'] as const;
/** Takes minutes, so that it runs only when it is named. */
const LONG_FILE = 'longfile';
const USAGE =
  'npm run bench [-- face [--clip FILE] [--seconds N] | music | backends | features | longfile [--hours N] | library --data <folder> | scale [--songs N] [--app <built app>]]';
const CLIP = resolve(import.meta.dirname, '../../tests/fixtures/camera/smilingMan.mjpeg');

type Request =
  | { readonly features: true }
  | { readonly library: string }
  | { readonly scale: number; readonly app: string | undefined }
  | { readonly clip: string; readonly page: BenchRequest };

/** `npm run bench`: prints one JSON object. Compare figures of one run with each other, not those of two machines. */
export async function main(argv: readonly string[]): Promise<void> {
  const request = readRequest(argv);
  const loadBefore = loadavg()[0];
  const result = await measure(request);
  const machine = { cores: availableParallelism(), loadBefore, node: process.version, platform: `${process.platform} ${process.arch}` };
  console.log(JSON.stringify({ measuredAt: new Date().toISOString(), machine, ...result }, null, 2));
}

async function measure(request: Request): Promise<object> {
  if ('features' in request) return { features: await benchFeatures() };
  if ('library' in request) return { library: await benchLibrary(request.library) };
  if ('scale' in request) return { scale: await benchScale(request.scale, request.app) };
  return benchPage(request.clip, request.page);
}

function readRequest(argv: readonly string[]): Request {
  const { words, text, counts } = parseArguments(argv, FLAGS);
  const alone = words.length === 1 ? words[0] : undefined;
  if (alone === 'features') return { features: true };
  if (alone === 'scale') return { scale: counts['songs'] ?? 100_000, app: text['app'] };
  if (alone === 'library') return readLibraryRequest(text['data']);
  return readPageRequest(words, resolve(text['clip'] ?? CLIP), { seconds: counts['seconds'] ?? 20, hours: counts['hours'] ?? 3 });
}

function readLibraryRequest(folder: string | undefined): Request {
  if (folder === undefined) throw new UsageError(`--data <folder> is missing. Usage: ${USAGE}`);
  return { library: resolve(folder) };
}

function readPageRequest(words: readonly string[], clip: string, { seconds, hours }: Pick<BenchRequest, 'seconds' | 'hours'>): Request {
  if (words.length === 1 && words[0] === LONG_FILE) return { clip, page: { what: [LONG_FILE], seconds: 0, hours } };
  const what = PAGE_PARTS.filter((part) => words.length === 0 || words.includes(part));
  if (what.length < words.length) throw new UsageError(`Usage: ${USAGE}`);
  return { clip, page: { what, seconds, hours } };
}

async function benchPage(clip: string, request: BenchRequest): Promise<object> {
  const opened = await openPage({ flags: [`--use-file-for-fake-video-capture=${clip}`] });
  try {
    const ended = await opened.during(() => opened.page.evaluate((asked) => window.bench(asked), request));
    if ('code' in ended) throw new RunError(`The product failed (${ended.code}): ${ended.message}`);
    return { browser: opened.browserVersion, ...ended };
  } finally {
    await opened.close();
  }
}
