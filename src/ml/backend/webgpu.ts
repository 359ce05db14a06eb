interface Gpu {
  requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean } } | null>;
}

/** Whether a real graphics processor is there: a software adapter computes right, and 50 to 200 times slower than wasm. */
export async function hasWebgpu(): Promise<boolean> {
  if (!('gpu' in navigator)) return false;
  const adapter = await (navigator.gpu as Gpu).requestAdapter();
  return adapter !== null && adapter.info?.isFallbackAdapter !== true;
}
