/** Something the caller of the command can put right: printed as one sentence, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that broke on the way and has one clear sentence: printed without a stack, exit code 1. */
export class RunError extends Error {
  override readonly name = 'RunError';
}
