import type { PcmBlock } from '../../library/decode';
import { Transferred } from '../../rpc/rpc';

/** Opens the sound of a file block by block; library/decode.ts has the real one. */
export type Decode = (file: Blob, signal?: AbortSignal) => AsyncGenerator<PcmBlock>;

export type DecodingHandlers = {
  /** Takes the place of an earlier file. */
  open(request: { readonly file: Blob }): Promise<void>;
  /** The next block, null after the last; several calls may wait. Rejects with what the decoder says. */
  next(request: null): Promise<Transferred<PcmBlock> | null>;
  /** Stops wherever it is. */
  close(request: null): Promise<void>;
};

interface Opened {
  readonly blocks: AsyncGenerator<PcmBlock>;
  readonly controller: AbortController;
}

async function end({ blocks, controller }: Opened): Promise<void> {
  controller.abort();
  await blocks.return(undefined);
}

/** What the decoding worker answers to. It holds one file at a time. */
export function createDecodingHandlers(decode: Decode): DecodingHandlers {
  let opened: Opened | null = null;
  const close = async (): Promise<void> => {
    const last = opened;
    opened = null;
    if (last) await end(last);
  };
  return {
    async open({ file }) {
      await close();
      const controller = new AbortController();
      opened = { controller, blocks: decode(file, controller.signal) };
    },
    async next() {
      const result = await opened?.blocks.next();
      if (result === undefined || result.done === true) return null;
      const { value } = result;
      return new Transferred(
        value,
        value.channels.map(({ buffer }) => buffer),
      );
    },
    close,
  };
}
