// @ts-check

/** Packages that only a sense or an analysis needs: megabytes that the first visit must not store. */
const RUNTIMES = /[\\/]node_modules[\\/](@tensorflow|@mediapipe|onnxruntime-web)[\\/]/;

/**
 * Lays the runtimes' chunks into a folder of their own: the service worker stores the rest of `assets/` at once, and them
 * when they are first used.
 * @param {{ moduleIds: readonly string[] }} chunk
 */
export const chunkName = ({ moduleIds }) =>
  moduleIds.some((id) => RUNTIMES.test(id)) ? 'assets/runtime/[name]-[hash].js' : 'assets/[name]-[hash].js';
