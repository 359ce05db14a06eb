import { loadModel } from '../ml/loadModel';
import { modalities } from '../modalities/registry';
import { serve, type Port } from '../rpc/rpc';
import { createEmotionHandlers, type AnyModality } from './emotionHandlers';
import { prefetchRuntimes } from './prefetchRuntimes';

serve(
  self as unknown as Port,
  createEmotionHandlers({
    // Frames are passed on unread, so their types are forgotten here.
    modalities: modalities as unknown as Record<keyof typeof modalities, AnyModality>,
    loadModel,
    prefetch: prefetchRuntimes,
    clock: () => performance.now(),
    now: () => Date.now(),
  }),
);
