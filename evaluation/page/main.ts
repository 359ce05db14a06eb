import { codeOf } from '../../src/core/errors';
import type { SubjectId } from '../subjects/registry';
import { subjects } from '../subjects/registry';
import type { ModelInUse, SubjectOptions } from '../subjects/subject';
import { answerAll, type Outcome, type PageItem } from './answerAll';
import { benchBackends, type BackendBench } from './benchBackends';
import { benchFace, type FaceBench } from './benchFace';
import { benchLongFile, type LongFileBench } from './benchLongFile';
import { benchMusic, type MusicBench } from './benchMusic';
import { fuzzFiles } from './fuzzFiles';

export interface EvaluateRequest {
  readonly subject: SubjectId;
  readonly options: SubjectOptions;
  readonly items: readonly PageItem[];
}

/** An AppError does not survive the way to Node, so its code is told apart here. */
export interface Failed {
  readonly code: string;
  readonly message: string;
}
export type Ended = { readonly models: readonly ModelInUse[] } | Failed;

async function evaluate({ subject: id, options, items }: EvaluateRequest): Promise<Ended> {
  try {
    const subject = await subjects[id].open(options);
    try {
      await answerAll(items, subject, fetchItemFile, window.reportOutcome);
      return { models: subject.models };
    } finally {
      subject.close();
    }
  } catch (error) {
    return asFailed(error);
  }
}

export interface BenchRequest {
  readonly what: readonly ('face' | 'music' | 'backends' | 'longfile')[];
  readonly seconds: number;
  /** Length of the long file. */
  readonly hours: number;
}

export interface Benched {
  readonly face?: FaceBench;
  readonly music?: MusicBench;
  readonly backends?: readonly BackendBench[];
  readonly longFile?: LongFileBench;
}

/** One after the other, so that they do not slow each other down. */
async function bench({ what, seconds, hours }: BenchRequest): Promise<Benched | Failed> {
  try {
    return {
      ...(what.includes('face') && { face: await benchFace({ seconds }) }),
      ...(what.includes('music') && { music: await benchMusic() }),
      ...(what.includes('longfile') && { longFile: await benchLongFile(hours) }),
      ...(what.includes('backends') && { backends: await benchBackends(['face-emotion', 'music-listener', 'music-emotion']) }),
    };
  } catch (error) {
    return asFailed(error);
  }
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
    /** Provided by the command. */
    reportOutcome: (index: number, outcome: Outcome) => Promise<void>;
  }
}

window.evaluate = evaluate;
window.bench = bench;
window.fuzz = fuzzFiles;
