import type { Strategy } from '../../core/music';
import { goalAt, leadTo } from '../path';
import { rankAlong } from '../rankAlong';
import { WEIGHTS } from '../weights';

/** From where the listener is to quiet and pleasant, over the whole list. */
export const calm: Strategy<'calm'> = {
  id: 'calm',
  rank: (input) =>
    rankAlong(input, {
      weights: WEIGHTS,
      feature: 'target-distance',
      stops: (listener, length) =>
        leadTo(listener, goalAt({ valence: Math.max(0.45, listener.valence), arousal: Math.min(-0.55, listener.arousal) }), length, 1),
    }),
};
