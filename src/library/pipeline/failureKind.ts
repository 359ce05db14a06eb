import { AppError } from '../../core/errors';

/**
 * Who must act on a failure: the user who stopped it (aborted), the folder's permission, the whole pipeline (halt), a fresh worker
 * (crash), or nobody: it is the file's own fault.
 */
export type FailureKind = 'aborted' | 'permission' | 'halt' | 'crash' | 'file';

export function failureKind(error: unknown): FailureKind {
  if (!(error instanceof AppError)) return error instanceof Error && error.name === 'AbortError' ? 'aborted' : 'file';
  if (error.code === 'library/permission-lost') return 'permission';
  if (error.code === 'worker/crashed') return 'crash';
  // A model that fails on one song's numbers may do well on the next.
  if (error.code === 'model/run-failed') return 'file';
  return error.code.startsWith('storage/') || error.code.startsWith('model/') ? 'halt' : 'file';
}
