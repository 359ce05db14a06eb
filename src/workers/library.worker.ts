import { loadModel } from '../ml/loadModel';
import { serve, type Port } from '../rpc/rpc';
import { createLibraryHandlers } from './libraryHandlers';

// One thread each: the pool of workers already fills the cores.
const handlers = createLibraryHandlers(
  (baseUrl, onProgress) => loadModel(new URL('models/music-emotion/', baseUrl).href, { threads: 1, onProgress }),
  () => performance.now(),
);

serve(self as unknown as Port, handlers);
