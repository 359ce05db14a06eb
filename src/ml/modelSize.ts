import { fetchManifest } from './loadModel';
import { isCached, isUrlCached } from './modelFiles';
import { ONNX_RUNTIME } from './backend/onnx';
import { fetchVendorIndex, wantedFiles, type VendorFiles } from './vendor';

export interface SizeRequest {
  /** Absolute URLs of model folders, each ending in '/'. */
  readonly models: readonly string[];
  /** Absolute URL of the third-party folder, ending in '/'. */
  readonly vendorUrl: string;
  readonly vendorFiles: VendorFiles;
}

export interface LoadSize {
  readonly totalBytes: number;
  /** What switching on has still to load. */
  readonly missingBytes: number;
}

interface Part {
  readonly bytes: number;
  readonly isHere: boolean;
}

async function modelParts(folder: string): Promise<readonly Part[]> {
  const { files } = await fetchManifest(folder);
  return Promise.all(files.map(async (file) => ({ bytes: file.bytes, isHere: await isCached(file) })));
}

async function vendorParts({ vendorUrl, vendorFiles }: SizeRequest): Promise<readonly Part[]> {
  if (vendorFiles.length === 0) return [];
  const wanted = wantedFiles(await fetchVendorIndex(vendorUrl), vendorFiles);
  return Promise.all(
    wanted.map(async ({ name, spec }) => ({
      bytes: spec.bytes,
      isHere: (await isCached(spec)) || (await isUrlCached(new URL(name, vendorUrl).href)),
    })),
  );
}

/** Shared by all models; what has none never loads it. */
async function runtimeParts({ models }: SizeRequest): Promise<readonly Part[]> {
  if (models.length === 0) return [];
  return [{ bytes: ONNX_RUNTIME.bytes, isHere: await isUrlCached(new URL(ONNX_RUNTIME.url, location.href).href) }];
}

/** The size of everything behind a switch: models, third-party files, and the runtime that they share. */
export async function measureLoad(request: SizeRequest): Promise<LoadSize> {
  const parts = [
    ...(await runtimeParts(request)),
    ...(await vendorParts(request)),
    ...(await Promise.all(request.models.map(modelParts))).flat(),
  ];
  const sum = (some: readonly Part[]) => some.reduce((total, { bytes }) => total + bytes, 0);
  return { totalBytes: sum(parts), missingBytes: sum(parts.filter(({ isHere }) => !isHere)) };
}
