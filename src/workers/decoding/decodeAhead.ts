import type { PcmBlock } from '../../library/decode';
import type { Remote } from '../../rpc/rpc';
import { createWorkerHost, type HostedWorker } from '../workerHost';
import type { Decode, DecodingHandlers } from './decodingHandlers';

/** Blocks of a second and a half that may wait for the analysis: enough to bridge its longest step, two megabytes. */
const AHEAD = 4;
const IDLE_MS = 30_000;

function spawnDecodingWorker(): HostedWorker {
  return new Worker(new URL('./decoding.worker.ts', import.meta.url), { type: 'module', name: 'decoding' });
}

/** Asks for a block; whoever stops listening early is not told of its failure. */
function ask(remote: Remote<DecodingHandlers>): Promise<PcmBlock | null> {
  const answer = remote.next(null);
  answer.catch(() => undefined); // it rejects again where it is awaited
  return answer;
}

async function* askAhead(remote: Remote<DecodingHandlers>, file: Blob, signal: AbortSignal | undefined): AsyncGenerator<PcmBlock> {
  await remote.open({ file });
  const waiting = Array.from({ length: AHEAD }, () => ask(remote));
  try {
    for (;;) {
      const block = await waiting.shift();
      signal?.throwIfAborted();
      if (!block) return;
      waiting.push(ask(remote));
      yield block;
    }
  } finally {
    await remote.close(null);
  }
}

/**
 * Decodes in a worker of its own, a few blocks ahead of whoever reads: the browser's decoder hands over one packet per turn of its
 * thread's event loop, so beside the analysis each would wait for the other. The worker starts at the first file.
 * @returns one file at a time; blocks reject with what `decodeBlocks` throws, or with 'worker/crashed'
 */
export function createDecodeAhead(spawn: () => HostedWorker = spawnDecodingWorker): Decode {
  const { remote } = createWorkerHost<DecodingHandlers>({ spawn, idleMs: IDLE_MS });
  return (file, signal) => askAhead(remote, file, signal);
}
