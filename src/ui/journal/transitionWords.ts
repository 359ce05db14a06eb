import type { AffectPoint } from '../../core/music';
import { t } from '../../locales/t';
import { nearestMood } from '../words/mood';

/** From which mood to which, in one sentence; a move within the region of one word is told by its larger axis. */
export function transitionLine(before: AffectPoint, after: AffectPoint, isSimulated: boolean): string {
  const [from, to] = [nearestMood(before), nearestMood(after)];
  if (from !== to) {
    return t(isSimulated ? 'journal.demoChanged' : 'journal.changed', { before: t(`feeling.${from}`), after: t(`feeling.${to}`) });
  }
  const [valence, arousal] = [after.valence - before.valence, after.arousal - before.arousal];
  const isPleasure = Math.abs(valence) >= Math.abs(arousal);
  const how = isPleasure ? (valence > 0 ? 'pleasanter' : 'unpleasanter') : arousal > 0 ? 'livelier' : 'calmer';
  return t(isSimulated ? 'journal.demoShifted' : 'journal.shifted', { how: t(`journal.${how}`) });
}
