import { AppError, type ErrorCode } from '../core/errors';

const CODES: Readonly<Record<string, ErrorCode>> = {
  QuotaExceededError: 'storage/quota',
  /** A newer version of the app was here before; this one must not touch its rows. */
  VersionError: 'storage/upgrade-blocked',
  InvalidStateError: 'storage/unavailable',
  SecurityError: 'storage/unavailable',
  UnknownError: 'storage/unavailable',
  NotReadableError: 'storage/corrupt',
  DataError: 'storage/corrupt',
};

function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}

/** Names a failure of IndexedDB or of the origin private file system; an AppError or an abort stays what it is. */
export function toStorageError(error: unknown): Error {
  if (error instanceof AppError) return error;
  const name = nameOf(error);
  const message = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  const code = CODES[name];
  if (code === undefined && error instanceof Error && name === 'AbortError') return error;
  return new AppError(code ?? 'unexpected', `${name || 'storage'}: ${message}`, { cause: error });
}

/** Runs storage work and names its failures. */
export async function guardStorage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStorageError(error);
  }
}
