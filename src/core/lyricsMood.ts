import type { AffectPoint } from './music';

/**
 * How much the words count beside the sound on each axis. Assumed, not learnt: no labelled songs with words were at hand. That words
 * help with valence and hardly with arousal is what studies with both found (Hu & Downie 2010; Delbouys et al. 2018).
 */
export const LYRICS_WEIGHT = { valence: 0.4, arousal: 0.15 } as const;

/** The song's point with its words. */
export function withLyrics(sound: AffectPoint, words: AffectPoint): AffectPoint {
  const mix = (axis: 'valence' | 'arousal') => (1 - LYRICS_WEIGHT[axis]) * sound[axis] + LYRICS_WEIGHT[axis] * words[axis];
  return { valence: mix('valence'), arousal: mix('arousal') };
}
