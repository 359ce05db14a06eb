import type { AbsenceReason } from '../../src/core/emotion';
import { ERROR_CODES } from '../../src/core/errors';
import en from '../../src/locales/en.json';
import { hasMessage } from '../../src/locales/t';

export const ABSENCE_REASONS_FOR_TEST: readonly AbsenceReason[] = [
  'no-face',
  'no-speech',
  'no-text',
  'no-contact',
  'poor-signal',
  'warming-up',
  'moving',
];

export function codesWithoutSentence(): readonly string[] {
  return ERROR_CODES.filter((code) => !hasMessage(`error.${code}`));
}

/** Every sentence with its key. */
export function leaves(branch: object = en, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(branch).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [[prefix + key, value] as const] : leaves(value as object, `${prefix}${key}.`),
  );
}
