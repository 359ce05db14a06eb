import { MUSIC_MODELS } from '../library/features/emotion/musicModel';
import { loadModel } from '../ml/loadModel';
import { serve, type Port } from '../rpc/rpc';
import { createDecodeAhead } from './decoding/decodeAhead';
import { createLibraryHandlers } from './libraryHandlers';

const handlers = createLibraryHandlers({
  async load(baseUrl, onProgress) {
    // One thread each: the pool of workers already fills the cores.
    const load = (name: string) => loadModel(new URL(`models/${name}/`, baseUrl).href, { threads: 1, onProgress });
    return { listener: await load(MUSIC_MODELS.listener), emotion: await load(MUSIC_MODELS.emotion) };
  },
  clock: () => performance.now(),
  decode: createDecodeAhead(),
});

serve(self as unknown as Port, handlers);
