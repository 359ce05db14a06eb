import { loadModel } from '../../../src/ml/loadModel';
import { modalities } from '../../../src/modalities/registry';
import { serve, type Port } from '../../../src/rpc/rpc';
import { createEmotionHandlers, type AnyModality } from '../../../src/workers/emotionHandlers';
import { prefetchRuntimes } from '../../../src/workers/prefetchRuntimes';

/** The emotion worker with the tiny model of the fixtures, and a call that kills it. */
const handlers = createEmotionHandlers({
  modalities: modalities as unknown as Record<keyof typeof modalities, AnyModality>,
  loadModel: (_, options) => loadModel(new URL('/tests/fixtures/models/tiny-face/', location.origin).href, options),
  prefetch: prefetchRuntimes,
  clock: () => performance.now(),
  now: () => Date.now(),
});

serve(self as unknown as Port, {
  ...handlers,
  push(request: Parameters<typeof handlers.push>[0]) {
    if (request.frames.every(({ value }) => value !== 'die')) return handlers.push(request);
    setTimeout(() => {
      throw new Error('asked to die');
    });
    return new Promise<never>(() => {});
  },
});
