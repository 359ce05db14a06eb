import { AppError } from '../../core/errors';

/** Names a failure to get at a user's file; AppErrors and aborts stay what they are. */
export function toFileError(error: unknown): Error {
  if (error instanceof AppError || (error instanceof Error && error.name === 'AbortError')) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const message = error instanceof Error ? error.message : String(error);
  if (name === 'NotFoundError') return new AppError('library/file-missing', message, { cause: error });
  if (name === 'NotAllowedError' || name === 'SecurityError') return new AppError('library/permission-lost', message, { cause: error });
  return new AppError('library/unreadable-file', message, { cause: error });
}

/** Runs work on a user's file and names its failures. */
export async function guardFile<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toFileError(error);
  }
}
