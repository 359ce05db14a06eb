import { codeOf } from '../../src/core/errors';
import type { SubjectId } from '../subjects/registry';
import { subjects } from '../subjects/registry';
import type { ModelInUse, OpenSubject, SubjectOptions } from '../subjects/subject';
import { answerAll, type Outcome, type PageItem } from './answerAll';
import { benchBackends, type BackendBench } from './benchBackends';
import { benchHours, type HoursBench } from '../fusion/benchHours';
import { benchRanking, type RankingBench } from '../fusion/benchRanking';
import { benchFace, type FaceBench } from './benchFace';
import { benchFusion, type FusionBench } from './benchFusion';
import { benchLongFile, type LongFileBench } from './benchLongFile';
import { benchMusic, type MusicBench } from './benchMusic';
import { benchText, type TextBench } from './benchText';
import { benchVoice, type VoiceBench } from './benchVoice';
import { fuseInPage, type FusedInPage, type FuseRequest } from './fuseInPage';
import { fuzzFiles } from './fuzzFiles';

export interface EvaluateRequest {
  readonly subject: SubjectId;
  readonly options: Omit<SubjectOptions, 'openItems'>;
  /** The whole folder. */
  readonly items: readonly PageItem[];
  /** Items from which the product gets to know people first. */
  readonly learn: readonly number[];
  /** Items that still want an answer. */
  readonly open: readonly number[];
}

/** An AppError does not survive the way to Node, so its code is told apart here. */
export interface Failed {
  readonly code: string;
  readonly message: string;
}
export type Ended = { readonly models: readonly ModelInUse[] } | Failed;

async function evaluate({ subject: id, options, items, learn, open }: EvaluateRequest): Promise<Ended> {
  try {
    const openItems = (count: number): Promise<readonly File[]> => fetchSome(items, count);
    const subject = await subjects[id].open({ ...options, openItems });
    try {
      await learnAll(
        items.filter(({ index }) => learn.includes(index)),
        subject,
      );
      const wanted = new Set(open);
      await answerAll(
        items.filter(({ index }) => wanted.has(index)),
        subject,
        fetchItemFile,
        window.reportOutcome,
      );
      return { models: subject.models };
    } finally {
      subject.close();
    }
  } catch (error) {
    return asFailed(error);
  }
}

/** Lets the product hear everybody once, one person after the other. */
async function learnAll(items: readonly PageItem[], { learn }: Pick<OpenSubject, 'learn'>): Promise<void> {
  if (items.length === 0) return;
  if (!learn) throw new RangeError('this subject knows no people');
  for (const group of new Set(items.map((item) => item.group))) {
    const theirs = items.filter((item) => item.group === group);
    await learn(await Promise.all(theirs.map(async (item) => ({ file: await fetchItemFile(item), text: item.text, group }))));
  }
}

/** Up to `count` files, evenly spread over the folder. */
async function fetchSome(items: readonly PageItem[], count: number): Promise<readonly File[]> {
  const step = Math.max(1, Math.floor(items.length / count));
  const chosen = items.filter((_, i) => i % step === 0).slice(0, count);
  const files = await Promise.all(chosen.map(fetchItemFile));
  return files.filter((file) => file !== null);
}

export interface BenchRequest {
  readonly what: readonly ('face' | 'music' | 'backends' | 'longfile' | 'voice' | 'text' | 'fusion' | 'ranking' | 'hours')[];
  readonly seconds: number;
  /** Length of the long file, or of the simulated run. */
  readonly hours: number;
  /** How many songs are ranked. */
  readonly songs?: number;
  /** What is read for 'text'. */
  readonly texts?: readonly string[];
}

export interface Benched {
  readonly face?: FaceBench;
  readonly music?: MusicBench;
  readonly backends?: readonly BackendBench[];
  readonly longFile?: LongFileBench;
  readonly voice?: VoiceBench;
  readonly text?: TextBench;
  readonly fusion?: FusionBench;
  readonly ranking?: RankingBench;
  readonly hours?: HoursBench;
}

const MODELS = ['face-emotion', 'music-listener', 'music-emotion', 'fusion'];

const PARTS: Readonly<Record<BenchRequest['what'][number], (request: BenchRequest) => Promise<Benched>>> = {
  face: async ({ seconds }) => ({ face: await benchFace({ seconds }) }),
  music: async () => ({ music: await benchMusic() }),
  voice: async ({ seconds }) => ({ voice: await benchVoice({ seconds }) }),
  text: async ({ texts = [] }) => ({ text: await benchText(texts) }),
  hours: async ({ hours }) => ({ hours: await benchHours(hours) }),
  fusion: async ({ seconds }) => ({ fusion: await benchFusion({ seconds }) }),
  ranking: async ({ songs = 0 }) => ({ ranking: await benchRanking(songs) }),
  longfile: async ({ hours }) => ({ longFile: await benchLongFile(hours) }),
  backends: async () => ({ backends: await benchBackends(MODELS) }),
};

/** One after the other, so that they do not slow each other down. */
async function bench(request: BenchRequest): Promise<Benched | Failed> {
  try {
    let done: Benched = {};
    for (const part of request.what) done = { ...done, ...(await PARTS[part](request)) };
    return done;
  } catch (error) {
    return asFailed(error);
  }
}

async function fuse(request: FuseRequest): Promise<FusedInPage | Failed> {
  return fuseInPage(request).catch(asFailed);
}

function asFailed(error: unknown): Failed {
  return { code: codeOf(error), message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

async function fetchItemFile({ index, file }: PageItem): Promise<File | null> {
  const response = await fetch(`/items/${index}`);
  if (!response.ok) return null;
  return new File([await response.blob()], (file ?? '').split('/').at(-1) ?? '');
}

declare global {
  interface Window {
    /** Called by the commands. */
    evaluate: typeof evaluate;
    bench: typeof bench;
    fuzz: typeof fuzzFiles;
    fuse: typeof fuse;
    /** Provided by the command. */
    reportOutcome: (index: number, outcome: Outcome) => Promise<void>;
  }
}

window.evaluate = evaluate;
window.bench = bench;
window.fuzz = fuzzFiles;
window.fuse = fuse;
