import type { Emotion } from '../../core/emotion';
import { feltProbabilities, isMereQuestion, type TextEstimate, type TextReading } from '../../core/records/writtenEntry';
import { t } from '../../locales/t';
import { capital, percent } from '../words/format';
import { rankedEmotions } from '../words/mood';

/** So many finer labels at most stand beside an entry. */
const MOST_FINE = 3;

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** "German" for 'de'; "another language" for what is not known. */
export function languageName(code: string | null): string {
  return code === null || code === 'und' ? t('write.anotherLanguage') : (languages.of(code) ?? code);
}

/** The label that an entry wears; null when none may be named. */
export function entryEmotion(reading: TextReading | null): Emotion | null {
  if (reading?.kind !== 'estimate' || !reading.isClear) return null;
  return feltIn(reading)[0] ?? 'neutral';
}

/** The most probable label, and whatever else is there beside it; beside a neutral one, one at most. */
export function feltIn(reading: Pick<TextEstimate, 'fine' | 'present' | 'probabilities' | 'sideBySide'>): readonly Emotion[] {
  const top = rankedEmotions(feltProbabilities(reading))[0] ?? 'neutral';
  const there = [...new Set([...reading.present, ...(reading.sideBySide ?? [])])];
  const felt = there.filter((emotion) => emotion !== 'neutral' && !(emotion === 'surprise' && isMereQuestion(reading)));
  if (top === 'neutral') return felt.slice(0, 1);
  return [top, ...felt.filter((emotion) => emotion !== top)].slice(0, 3);
}

function named(felt: readonly Emotion[]): string {
  const [a, b, c] = felt.map((emotion) => t(`feeling.${emotion}`));
  if (a === undefined) return t('write.noFeeling');
  if (b === undefined) return a;
  return c === undefined ? t('write.both', { a, b }) : t('write.several', { a, b, c });
}

/** What was read in an entry, in one short sentence. */
export function entrySays(reading: TextReading | null): string {
  if (reading === null) return t('write.reading');
  if (reading.kind === 'absent') {
    return reading.reason === 'language' ? t('write.language', { language: languageName(reading.language) }) : t('write.noFeeling');
  }
  if (reading.language !== null) return t('write.emojiOnly', { language: languageName(reading.language) });
  if (!reading.isClear) return t('write.notClear');
  return t('write.says', { what: capital(named(feltIn(reading))), n: percent(reading.confidence) });
}

/** Finer labels, where the model names some: "joy, gratitude". */
export function fineWords(reading: TextReading | null): string {
  const fine = reading?.kind === 'estimate' ? reading.fine : [];
  return fine
    .filter((label) => label !== 'neutral')
    .slice(0, MOST_FINE)
    .map((label) => t(`fine.${label}`))
    .join(', ');
}
