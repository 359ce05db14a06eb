import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../src/core/errors';
import type { PcmBlock } from '../../../../src/library/decode';
import { serve, type Port } from '../../../../src/rpc/rpc';
import { createDecodeAhead } from '../../../../src/workers/decoding/decodeAhead';
import { createDecodingHandlers, type Decode } from '../../../../src/workers/decoding/decodingHandlers';
import type { HostedWorker } from '../../../../src/workers/workerHost';

const block = (end: number): PcmBlock => ({ channels: [Float32Array.of(end, end)], sampleRate: 44_100, end });

/** A worker that is the other end of a channel. */
function inChannel(decode: Decode): () => HostedWorker {
  return () => {
    const { port1, port2 } = new MessageChannel();
    serve(port2 as unknown as Port, createDecodingHandlers(decode));
    port1.start();
    return Object.assign(port1 as unknown as HostedWorker, {
      terminate: () => {
        port1.close();
        port2.close();
      },
    });
  };
}

/** As many blocks as asked for, counting how many were made and noting how it ended. */
function counting(total: number): { decode: Decode; made: () => number; isAborted: () => boolean } {
  let made = 0;
  let last: AbortSignal | undefined;
  return {
    async *decode(_file, signal) {
      last = signal;
      for (let i = 1; i <= total; i++) {
        made++;
        yield block(i);
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    made: () => made,
    isAborted: () => last?.aborted === true,
  };
}

async function collect(blocks: AsyncIterable<PcmBlock>): Promise<number[]> {
  const ends: number[] = [];
  for await (const { end, channels } of blocks) {
    expect(channels[0]?.[0]).toBe(end);
    ends.push(end);
  }
  return ends;
}

describe('decoding in a worker of its own', () => {
  test('every block once, in order, and one file after the other', async () => {
    const { decode } = counting(9);
    const ahead = createDecodeAhead(inChannel(decode));
    expect(await collect(ahead(new Blob(['a'])))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await collect(ahead(new Blob(['b'])))).toHaveLength(9);
  });

  test('stays only a few blocks ahead of a slow reader', async () => {
    const { decode, made } = counting(1000);
    const blocks = createDecodeAhead(inChannel(decode))(new Blob(['a']));
    await blocks.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(made()).toBeLessThanOrEqual(6);
    expect(made()).toBeGreaterThan(1);
    await blocks.return(undefined);
  });

  test('a reader who leaves, or aborts, ends the decoding', async () => {
    const left = counting(1000);
    for await (const { end } of createDecodeAhead(inChannel(left.decode))(new Blob(['a']))) if (end === 2) break;
    expect(left.isAborted()).toBe(true);

    const aborted = counting(1000);
    const controller = new AbortController();
    const blocks = createDecodeAhead(inChannel(aborted.decode))(new Blob(['a']), controller.signal);
    await blocks.next();
    controller.abort();
    await expect(blocks.next()).rejects.toMatchObject({ name: 'AbortError' });
    expect(aborted.isAborted()).toBe(true);
  });

  test('a failure comes after the blocks before it, with its code', async () => {
    const ahead = createDecodeAhead(
      inChannel(async function* () {
        yield block(1);
        await Promise.resolve();
        throw new AppError('library/decode-failed', 'damaged');
      }),
    );
    const blocks = ahead(new Blob(['a']));
    expect((await blocks.next()).value).toMatchObject({ end: 1 });
    await expect(blocks.next()).rejects.toMatchObject({ code: 'library/decode-failed' });
  });
});
