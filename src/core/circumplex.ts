import { EMOTIONS, type Affect, type Emotion, type EmotionProbabilities } from './emotion';

/**
 * Where each emotion lies on the mood plane: mean pleasure and arousal ratings of the terms happy, sad, angry, fearful,
 * disgusted and surprised in Russell & Mehrabian (1977), Evidence for a three-factor theory of emotions, J. Research in
 * Personality 11, 273-294. Neutral is the origin by definition. The same numbers stand in training/common/labels.py.
 */
export const CIRCUMPLEX: Readonly<Record<Emotion, { readonly valence: number; readonly arousal: number }>> = {
  neutral: { valence: 0, arousal: 0 },
  happiness: { valence: 0.81, arousal: 0.51 },
  sadness: { valence: -0.63, arousal: -0.27 },
  anger: { valence: -0.51, arousal: 0.59 },
  fear: { valence: -0.64, arousal: 0.6 },
  disgust: { valence: -0.6, arousal: 0.35 },
  surprise: { valence: 0.4, arousal: 0.67 },
};

/** The emotions' own spread around their points: the ratings' standard deviations lie between .2 and .35. */
const SPREAD = 0.28;

/** Mean and standard deviation of the mood plane under a distribution over the seven emotions. */
export function affectOf(probabilities: EmotionProbabilities): Affect {
  const mean = { valence: 0, arousal: 0 };
  const square = { valence: 0, arousal: 0 };
  for (const emotion of EMOTIONS) {
    for (const axis of ['valence', 'arousal'] as const) {
      mean[axis] += probabilities[emotion] * CIRCUMPLEX[emotion][axis];
      square[axis] += probabilities[emotion] * CIRCUMPLEX[emotion][axis] ** 2;
    }
  }
  const sd = (axis: 'valence' | 'arousal') => Math.sqrt(Math.max(0, square[axis] - mean[axis] ** 2) + SPREAD ** 2);
  return { ...mean, valenceSd: sd('valence'), arousalSd: sd('arousal') };
}
