import { analyseFile, analysePcm } from '../library/analyseFile';
import { readFile } from '../library/files/readFile';
import { synthesiseToCopy } from '../library/demo/synthesiseToCopy';
import type {
  AnalyseRequest,
  AnalyseResult,
  PcmRequest,
  PreparedModel,
  ReadRequest,
  ReadResult,
  SynthesiseRequest,
} from '../library/libraryWork';
import type { MusicModel } from '../library/features/emotion/musicModel';
import type { LoadedModel, LoadProgress } from '../ml/loadModel';
import type { CallContext } from '../rpc/rpc';
import type { Decode } from './decoding/decodingHandlers';

export interface PrepareRequest {
  /** The page's base URL, where models/ lies. */
  readonly baseUrl: string;
}

export type LibraryHandlers = {
  wake(request: null): void;
  /** Loads the model unless it is there; progress is a LoadProgress. */
  prepare(request: PrepareRequest, context: CallContext): Promise<PreparedModel>;
  read(request: ReadRequest, context: CallContext): Promise<ReadResult>;
  analyse(request: AnalyseRequest & PrepareRequest, context: CallContext): Promise<AnalyseResult>;
  analysePcm(request: PcmRequest & PrepareRequest, context: CallContext): Promise<AnalyseResult>;
  synthesise(request: SynthesiseRequest, context: CallContext): Promise<ReadResult>;
};

export interface LoadedMusic {
  readonly listener: LoadedModel;
  readonly emotion: LoadedModel;
}
type Load = (baseUrl: string, onProgress?: (progress: LoadProgress) => void) => Promise<LoadedMusic>;

const sessionsOf = ({ listener, emotion }: LoadedMusic): MusicModel => ({ listener: listener.session, emotion: emotion.session });

export interface LibraryDependencies {
  readonly load: Load;
  readonly clock: () => number;
  readonly decode: Decode;
}

/** What the library worker answers to. It holds the two music networks, loaded at the first need; a failed load is tried again. */
export function createLibraryHandlers({ load, clock, decode }: LibraryDependencies): LibraryHandlers {
  let model: Promise<LoadedMusic> | null = null;
  const loaded = async ({ baseUrl }: PrepareRequest, context: CallContext): Promise<LoadedMusic> => {
    const loading = (model ??= load(baseUrl, (progress) => context.progress(progress)));
    try {
      return await loading;
    } catch (error) {
      if (model === loading) model = null;
      throw error;
    }
  };
  const options = ({ signal, progress }: CallContext) => ({ signal, onProgress: progress });
  return {
    wake: () => undefined,
    async prepare(request, context) {
      const { session } = (await loaded(request, context)).emotion;
      return { name: session.manifest.name, version: session.manifest.version, backend: session.backend };
    },
    read: (request, { signal }) => readFile(request, signal),
    async analyse(request, context) {
      return analyseFile({ file: request.file, decode }, sessionsOf(await loaded(request, context)), clock, options(context));
    },
    async analysePcm(request, context) {
      return analysePcm(request, sessionsOf(await loaded(request, context)), clock, options(context));
    },
    synthesise: (request, { signal }) => synthesiseToCopy(request, signal),
  };
}
