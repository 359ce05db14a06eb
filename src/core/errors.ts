/** Every failure a user can meet, as `room/what-happened`. `locales/<language>.json` has one sentence for each. */
export const ERROR_CODES = [
  'sensor/permission-denied',
  'sensor/not-found',
  'sensor/in-use',
  'sensor/other-tab',
  'sensor/disconnected',
  'sensor/unsupported',
  'sensor/bluetooth-off',
  'sensor/no-readings',
  'model/fetch-failed',
  'model/hash-mismatch',
  'model/manifest-invalid',
  'model/self-test-failed',
  'model/run-failed',
  'model/unavailable',
  'worker/crashed',
  'worker/unknown-call',
  'library/unreadable-file',
  'library/empty-file',
  'library/not-audio',
  'library/decode-failed',
  'library/too-large',
  'library/duplicate',
  'library/permission-lost',
  'library/file-missing',
  'library/analyses-invalid',
  'player/cannot-play',
  'player/blocked',
  'recording/unknown-format',
  'recording/packed',
  'recording/empty',
  'recording/damaged',
  'recording/unreadable',
  'chat/unknown-format',
  'chat/no-text-column',
  'chat/empty',
  'chat/damaged',
  'chat/too-large',
  'chat/unreadable',
  'storage/quota',
  'storage/upgrade-blocked',
  'storage/unavailable',
  'storage/corrupt',
  'unexpected',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The one error class that crosses borders. `message` is for developers; the UI shows a sentence looked up by `code`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface WireError {
  readonly code: ErrorCode | 'aborted';
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: WireError | undefined;
}

export function toWire(error: unknown): WireError {
  if (!(error instanceof Error)) return { code: 'unexpected', message: String(error) };
  return {
    code: error instanceof AppError ? error.code : error.name === 'AbortError' ? 'aborted' : 'unexpected',
    message: error.message,
    stack: error.stack,
    cause: error.cause === undefined ? undefined : toWire(error.cause),
  };
}

export function fromWire(wire: WireError): Error {
  const options = wire.cause ? { cause: fromWire(wire.cause) } : undefined;
  if (wire.code === 'aborted') return Object.assign(new Error(wire.message, options), { name: 'AbortError' });
  const error = new AppError(wire.code, wire.message, options);
  if (wire.stack !== undefined) error.stack = wire.stack;
  return error;
}

/** The code of any thrown value, for showing its sentence. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : 'unexpected';
}

/** Marks a branch that the types say cannot be reached. */
export function assertNever(value: never): never {
  throw new AppError('unexpected', `unhandled case ${JSON.stringify(value)}`);
}
