import type { Strategy } from '../../core/music';
import { stay } from '../path';
import { rankAlong } from '../rankAlong';
import { WEIGHTS } from '../weights';

/** Songs seldom or never heard, loosely near the mood, with a good part of chance and many artists. */
export const explore: Strategy<'explore'> = {
  id: 'explore',
  rank: (input) =>
    rankAlong(input, {
      weights: { ...WEIGHTS, affect: 0.6, novelty: 0.6, chance: 0.4, recentlyPlayed: 1, sameArtist: 0.4 },
      feature: 'affect-distance',
      stops: stay,
    }),
};
