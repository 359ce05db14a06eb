import { AppError } from '../core/errors';
import { fetchDescription, type FileSpec } from './modelFiles';

/** Third-party files by name; of an inner list the first that the build has, because publishers' files may be missing. */
export type VendorFiles = readonly (string | readonly string[])[];
export type VendorIndex = Readonly<Record<string, FileSpec>>;

/** What third-party files this build has. @param vendorUrl absolute, ending in '/' @throws AppError 'model/…' */
export async function fetchVendorIndex(vendorUrl: string, signal?: AbortSignal): Promise<VendorIndex> {
  const index = await fetchDescription(new URL('index.json', vendorUrl).href, signal);
  if (typeof index === 'object' && index !== null && 'files' in index && typeof index.files === 'object' && index.files !== null) {
    return index.files as VendorIndex;
  }
  throw new AppError('model/manifest-invalid', `${vendorUrl}index.json names no files`);
}

/** The files that will be loaded, with their sizes; those that the build lacks are left out. */
export function wantedFiles(index: VendorIndex, wanted: VendorFiles): readonly { readonly name: string; readonly spec: FileSpec }[] {
  return wanted.flatMap((entry) => {
    const name = typeof entry === 'string' ? entry : entry.find((candidate) => candidate in index);
    const spec = name === undefined ? undefined : index[name];
    return name !== undefined && spec ? [{ name, spec }] : [];
  });
}
