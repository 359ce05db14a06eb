import type { Emotion, EmotionEstimate } from '../../core/emotion';
import type { CorrectionLabel, FusedEstimate } from '../../core/music';
import type { UnitInterval } from '../../core/units';
import { t } from '../../locales/t';
import { rankedEmotions, type Mood } from './mood';

/** Below this calibrated probability we say that we are not sure. */
export const UNSURE_BELOW = 0.4;
/** A second label is named from this probability on. */
const ALSO_FROM = 0.2;
/** Below this the first label is only "a little". */
const LITTLE_BELOW = 0.5;
/** A standard deviation of nearly 1 says: blind to this axis. */
export const BLIND_SD = 0.9;
/** Nearer to the middle than this is neither rest nor strain. */
export const CLEARLY = 0.25;

export interface Headline {
  readonly sentence: string;
  /** Shape to draw; null when unknown. */
  readonly mood: Mood | null;
  /** Most probable of the seven, or the corrected label; null without any estimate. */
  readonly emotion: Mood | null;
  readonly isSure: boolean;
}

/** @param isRecorded the body's signals are those of a recording */
export function headline(estimate: FusedEstimate | null, correction: CorrectionLabel | null, isRecorded = false): Headline {
  if (correction) {
    const sentence = correction === 'disgust' ? t('now.saidDisgust') : t('now.said', { main: t(`feeling.${correction}`) });
    return { sentence, mood: correction, emotion: correction, isSure: true };
  }
  if (estimate && estimate.affect.valenceSd >= BLIND_SD)
    return { sentence: bodySentence(estimate, isRecorded), mood: null, emotion: null, isSure: false };
  if (!estimate) return { sentence: t('now.nothing'), mood: null, emotion: null, isSure: false };
  const emotion = rankedEmotions(estimate.probabilities)[0] ?? 'neutral';
  if (estimate.confidence < UNSURE_BELOW) {
    return { sentence: t(estimate.simulated ? 'now.demoUnsure' : 'now.unsure'), mood: null, emotion, isSure: false };
  }
  return { sentence: seemSentence(estimate), mood: mainMood(estimate), emotion, isSure: true };
}

/** For an estimate of arousal alone: no emotion is named. */
function bodySentence({ affect, simulated }: FusedEstimate, isRecorded: boolean): string {
  const level = affect.arousal > CLEARLY ? 'High' : affect.arousal < -CLEARLY ? 'Low' : 'Mid';
  if (!simulated) return t(`now.body${level}`);
  return t(isRecorded ? `now.recordedBody${level}` : `now.demoBody${level}`);
}

function seemSentence(estimate: FusedEstimate): string {
  const { main, also, isLittle } = wording(estimate);
  const words = { main: t(`feeling.${main}`), also: also ? t(`tinge.${also}`) : '' };
  if (also) return t(estimate.simulated ? 'now.demoSeemAlso' : 'now.seemAlso', words);
  if (isLittle) return t(estimate.simulated ? 'now.demoSeemLittle' : 'now.seemLittle', words);
  return t(estimate.simulated ? 'now.demoSeem' : 'now.seem', words);
}

function wording(estimate: EmotionEstimate): { main: Mood; also: Emotion | null; isLittle: boolean } {
  const [first = 'neutral', second = 'neutral'] = rankedEmotions(estimate.probabilities);
  const main = mainMood(estimate);
  const isSecondTold = second !== 'neutral' && estimate.probabilities[second] >= ALSO_FROM;
  const isLittle = first !== 'neutral' && estimate.probabilities[first] < LITTLE_BELOW;
  return { main, also: isSecondTold ? second : null, isLittle };
}

/** The top label; a neutral face at a pleasant, low-arousal point is called calm. */
export function mainMood({ probabilities, affect }: EmotionEstimate): Mood {
  const first = rankedEmotions(probabilities)[0] ?? 'neutral';
  return first === 'neutral' && affect.arousal < -0.15 && affect.valence > -0.1 ? 'calm' : first;
}

export function certainty(confidence: UnitInterval): string {
  if (confidence >= 0.7) return t('now.sureHigh');
  return confidence >= UNSURE_BELOW ? t('now.sureMid') : t('now.sureLow');
}

/** "Mostly neutral", or "Neutral, some happy" when a second label reaches a fifth. */
export function saysWhat({ probabilities }: Pick<EmotionEstimate, 'probabilities'>): string {
  const [first = 'neutral', second = 'neutral'] = rankedEmotions(probabilities);
  const a = t(`emotion.${first}`);
  if (probabilities[second] < ALSO_FROM) return t('sense.mostly', { a });
  return t('sense.mostlySome', { a: a.charAt(0).toUpperCase() + a.slice(1), b: t(`emotion.${second}`) });
}
