import type { Strategy } from '../../core/music';
import { goalAt, leadTo } from '../path';
import { rankAlong } from '../rankAlong';
import { WEIGHTS } from '../weights';

/** From where the listener is to brighter and livelier, over the whole list. */
export const lift: Strategy<'lift'> = {
  id: 'lift',
  rank: (input) =>
    rankAlong(input, {
      weights: WEIGHTS,
      feature: 'target-distance',
      stops: (listener, length) => {
        const goal = goalAt({ valence: Math.max(0.6, listener.valence), arousal: Math.min(0.6, Math.max(0.35, listener.arousal)) });
        return leadTo(listener, goal, length, 1);
      },
    }),
};
