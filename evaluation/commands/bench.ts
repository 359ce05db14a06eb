import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { benchLibrary } from '../app/benchLibrary';
import { benchScale } from '../app/benchScale';
import { benchFeatures } from '../features/benchFeatures';
import { openPage } from '../browser/openPage';
import { RunError, UsageError } from '../input/commandErrors';
import { parseArguments } from '../input/parseArguments';
import type { BenchRequest } from '../page/main';
import { readWhere } from '../input/readWhere';
import { benchBody } from '../physiology/benchBody';
import { simulatePeople } from '../fusion/simulatePeople';
import { benchTexts } from '../text/benchTexts';
import { benchLive, withSound, type LiveRequest } from '../voice/bench/benchLive';
import { madeSpeech } from '../voice/bench/sounds';
import { benchRobust, type RobustRequest } from '../voice/bench/benchRobust';

const FLAGS = {
  data: 'text',
  clip: 'text',
  seconds: 'count',
  hours: 'count',
  songs: 'count',
  app: 'text',
  where: 'text',
  every: 'count',
} as const;
const PAGE_PARTS = ['face', 'music', 'backends'] as const;
/** Takes minutes, so that it runs only when it is named. */
const LONG_FILE = 'longfile';
const USAGE =
  'npm run bench [-- face [--clip FILE] [--seconds N] | music | backends | features | longfile [--hours N] | library --data <folder> | scale [--songs N] [--app <built app>] | physiology [--app <built app>] | personal | ranking [--songs N] | hours [--hours N] | fusion [--seconds N] | voice [--data <folder> [--where COLUMN=VALUE]] [--app <built app>] | text [--data <folder>] | voice-robust --data <folder> [--where COLUMN=VALUE] [--every N]]';
const CLIP = resolve(import.meta.dirname, '../../tests/fixtures/camera/smilingMan.mjpeg');

type Request =
  | { readonly features: true }
  | { readonly personal: true }
  | { readonly library: string }
  | { readonly scale: number; readonly app: string | undefined }
  | { readonly physiology: string | undefined }
  | { readonly voice: LiveRequest }
  | { readonly robust: RobustRequest }
  | { readonly texts: string | null }
  | { readonly fusion: number }
  | { readonly clip: string; readonly page: BenchRequest; readonly flags?: readonly string[] };

/** `npm run bench`: prints one JSON object. Compare figures of one run with each other, not those of two machines. */
export async function main(argv: readonly string[]): Promise<void> {
  const request = readRequest(argv);
  const loadBefore = loadavg()[0];
  const result = await measure(request);
  const machine = { cores: availableParallelism(), loadBefore, node: process.version, platform: `${process.platform} ${process.arch}` };
  console.log(JSON.stringify({ measuredAt: new Date().toISOString(), machine, ...result }, null, 2));
}

async function measure(request: Request): Promise<object> {
  if ('personal' in request) return { personal: simulatePeople() };
  if ('features' in request) return { features: await benchFeatures() };
  if ('library' in request) return { library: await benchLibrary(request.library) };
  if ('scale' in request) return { scale: await benchScale(request.scale, request.app) };
  if ('physiology' in request) return { physiology: await benchBody(request.physiology) };
  if ('voice' in request) return { voice: await benchLive(request.voice) };
  if ('texts' in request) {
    const texts = await benchTexts(request.texts);
    return benchPage(CLIP, { what: ['text'], seconds: 0, hours: 0, texts });
  }
  if ('fusion' in request) {
    const page: BenchRequest = { what: ['fusion'], seconds: request.fusion, hours: 0 };
    return withSound(madeSpeech(), (flags) => benchPage(CLIP, page, flags));
  }
  if ('robust' in request) return { voiceRobust: await benchRobust(request.robust) };
  return benchPage(request.clip, request.page, request.flags);
}

interface Given {
  readonly text: Readonly<Record<string, string>>;
  readonly counts: Readonly<Record<string, number>>;
}

/** What is named alone, because it takes long or needs its own page. */
const ALONE: Readonly<Record<string, (given: Given) => Request>> = {
  features: () => ({ features: true }),
  fusion: ({ counts }) => ({ fusion: counts['seconds'] ?? 60 }),
  personal: () => ({ personal: true }),
  scale: ({ text, counts }) => ({ scale: counts['songs'] ?? 100_000, app: text['app'] }),
  ranking: ({ counts }) => rankingRequest(counts['songs'] ?? 100_000),
  hours: ({ counts }) => hoursRequest(counts['hours'] ?? 4),
  physiology: ({ text }) => ({ physiology: text['app'] }),
  library: ({ text }) => ({ library: folderOf(text) }),
};

function readRequest(argv: readonly string[]): Request {
  const { words, text, counts } = parseArguments(argv, FLAGS);
  const alone = words.length === 1 ? words[0] : undefined;
  const read = alone === undefined ? undefined : ALONE[alone];
  if (read) return read({ text, counts });
  return readLanguageRequest(alone, text, counts['every'] ?? 1) ?? readPagesRequest(words, text, counts);
}

/** A software graphics processor will do to see that WebGPU computes the right numbers. */
const rankingRequest = (songs: number): Request => ({
  clip: CLIP,
  page: { what: ['ranking'], seconds: 0, hours: 0, songs },
  flags: ['--enable-unsafe-webgpu'],
});

/** Memory is read after a collection, to the byte. */
const hoursRequest = (hours: number): Request => ({
  clip: CLIP,
  page: { what: ['hours'], seconds: 0, hours },
  flags: ['--enable-precise-memory-info', '--js-flags=--expose-gc'],
});

function readLanguageRequest(word: string | undefined, text: Readonly<Record<string, string>>, every: number): Request | null {
  const where = readWhere(text['where']);
  if (word === 'text') return { texts: text['data'] === undefined ? null : resolve(text['data']) };
  if (word === 'voice-robust') return { robust: { folder: folderOf(text), where, every } };
  if (word !== 'voice') return null;
  const folder = text['data'] === undefined ? null : resolve(text['data']);
  return { voice: { folder, where, app: text['app'] } };
}

function readPagesRequest(
  words: readonly string[],
  text: Readonly<Record<string, string>>,
  counts: Readonly<Record<string, number>>,
): Request {
  return readPageRequest(words, resolve(text['clip'] ?? CLIP), { seconds: counts['seconds'] ?? 20, hours: counts['hours'] ?? 3 });
}

function folderOf({ data }: Readonly<Record<string, string>>): string {
  if (data === undefined) throw new UsageError(`--data <folder> is missing. Usage: ${USAGE}`);
  return resolve(data);
}

function readPageRequest(words: readonly string[], clip: string, { seconds, hours }: Pick<BenchRequest, 'seconds' | 'hours'>): Request {
  if (words.length === 1 && words[0] === LONG_FILE) return { clip, page: { what: [LONG_FILE], seconds: 0, hours } };
  const what = PAGE_PARTS.filter((part) => words.length === 0 || words.includes(part));
  if (what.length < words.length) throw new UsageError(`Usage: ${USAGE}`);
  return { clip, page: { what, seconds, hours } };
}

async function benchPage(clip: string, request: BenchRequest, flags: readonly string[] = []): Promise<object> {
  const opened = await openPage({ flags: [`--use-file-for-fake-video-capture=${clip}`, ...flags] });
  try {
    const ended = await opened.during(() => opened.page.evaluate((asked) => window.bench(asked), request));
    if ('code' in ended) throw new RunError(`The product failed (${ended.code}): ${ended.message}`);
    return { browser: opened.browserVersion, ...ended };
  } finally {
    await opened.close();
  }
}
