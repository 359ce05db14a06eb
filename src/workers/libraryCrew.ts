import type { LibraryWork, WorkOptions } from '../library/libraryWork';
import type { CallOptions } from '../rpc/rpc';
import type { LibraryHandlers } from './libraryHandlers';
import { createWorkerHost, type HostedWorker } from './workerHost';

export interface LibraryCrewOptions {
  /** Where models/ lies; the page's base URL. */
  readonly baseUrl: string;
  readonly size: number;
  readonly spawn?: () => HostedWorker;
}

const IDLE_MS = 30_000;
const MAX_WORKERS = 4;

function spawnLibraryWorker(): HostedWorker {
  return new Worker(new URL('./library.worker.ts', import.meta.url), { type: 'module', name: 'library' });
}

/**
 * How many workers analyse at a time: two cores stay free for the page, the player and the senses.
 * @param cores as `navigator.hardwareConcurrency` has it, if it has
 */
export const crewSize = (cores: number | undefined): number => Math.max(1, Math.min(MAX_WORKERS, Math.floor(cores || 1) - 2));

const toCall = ({ signal, onProgress }: WorkOptions = {}): CallOptions => ({
  ...(signal && { signal }),
  ...(onProgress && { onProgress: (value: unknown) => onProgress(value as number) }),
});

function createWork(baseUrl: string, spawn: () => HostedWorker): LibraryWork {
  const host = createWorkerHost<LibraryHandlers>({ spawn, idleMs: IDLE_MS });
  return {
    wake: () => host.remote.wake(null),
    async prepare({ signal } = {}) {
      return host.remote.prepare({ baseUrl }, signal ? { signal } : {});
    },
    read: (request, options) => host.remote.read(request, toCall(options)),
    analyse: ({ file }, options) => host.remote.analyse({ file, baseUrl }, toCall(options)),
    analysePcm: ({ channels, sampleRate }, options) =>
      host.remote.analysePcm({ channels, sampleRate, baseUrl }, { ...toCall(options), transfer: channels.map(({ buffer }) => buffer) }),
    synthesise: (request, options) => host.remote.synthesise(request, toCall(options)),
    stop: () => host.stop(),
  };
}

/** The workers of the library pipeline; each starts at its first call and ends after 30 s without one. */
export function createLibraryCrew({ baseUrl, size, spawn = spawnLibraryWorker }: LibraryCrewOptions): readonly LibraryWork[] {
  return Array.from({ length: Math.max(1, size) }, () => createWork(baseUrl, spawn));
}
