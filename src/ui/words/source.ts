import type { FusedEstimate } from '../../core/music';
import { t } from '../../locales/t';
import { certainty } from './headline';

const SENSES = [
  ['face', 'now.sourceFace'],
  ['voice', 'now.sourceVoice'],
  ['text', 'now.sourceText'],
  ['physiology', 'now.sourcePhysiology'],
  ['context', 'now.sourceContext'],
] as const;
/** The body alone names no emotion and has sentences of its own. */
const FROM_ONE = { face: 'now.fromFace', voice: 'now.fromVoice', text: 'now.fromText', context: 'now.fromContext' } as const;
const list = new Intl.ListFormat('en');

type Told = Pick<FusedEstimate, 'weights' | 'simulated' | 'confidence'>;

/** Where an estimate comes from and how sure it is, in one sentence. @param isRecorded the body's signals are those of a recording */
export function sourceSentence({ weights, simulated, confidence }: Told, isRecorded = false): string {
  const senses = SENSES.filter(([id]) => (weights[id] ?? 0) > 0);
  const only = senses.length === 1 ? senses[0]?.[0] : null;
  if (only === 'physiology') return t(!simulated ? 'now.fromBody' : isRecorded ? 'now.fromRecordedBody' : 'now.fromDemoBody');
  const sure = certainty(confidence);
  if (simulated) return t('now.fromSimulated', { sure });
  if (senses.length > 1) return t('now.fromSeveral', { senses: list.format(senses.map(([, name]) => t(name))), sure });
  return t(FROM_ONE[only ?? 'face'], { sure });
}
