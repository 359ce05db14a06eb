import type { Milliseconds } from '../../core/units';
import { hasMessage, t } from '../../locales/t';
import type { FusedPart } from '../../stores/contracts';
import { formatSpan, percent } from '../words/format';

/** Younger than this is now. */
const NOW_MS: Milliseconds = 1500;

/** Age of what a sense said last: "just now", "44 s ago". */
export const ageWords = (ageMs: Milliseconds): string =>
  ageMs < NOW_MS ? t('sense.ageNow') : t('sense.age', { span: formatSpan(Math.round(ageMs / 1000)) });

/** What beside its word there is to say of a sense in the fused estimate; null for nothing. */
export function partNote({ silence, weight, freshness, ageMs }: FusedPart): string | null {
  if (silence === 'left-out' || silence === 'uninformative' || silence === 'stale') return t(`silence.${silence}`);
  if (silence !== null || ageMs === null) return null;
  return freshness < 1 ? t('silence.fading', { age: ageWords(ageMs), n: percent(weight) }) : null;
}

/** The last word of a sense, or why it has no weight: "just now", "Nobody is speaking.". */
export function lastWord(part: FusedPart | undefined): string {
  if (!part || (part.silence === null && part.ageMs === null)) return t('lab.nothingSaid');
  if (part.silence === null) return ageWords(part.ageMs ?? 0);
  const absence = `absence.${part.silence}`;
  return hasMessage(absence) ? t(absence) : (partNote(part) ?? t('lab.nothingSaid'));
}
