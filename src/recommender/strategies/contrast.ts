import type { Affect } from '../../core/emotion';
import type { Strategy } from '../../core/music';
import { stay } from '../path';
import { rankAlong } from '../rankAlong';
import { WEIGHTS } from '../weights';

/** The opposite of a weak feeling is still a clear one: at least this far from the middle. */
const CLEAR = 0.5;

/** Through the middle to the other side; from the very middle towards pleasant and activated. */
function opposite(listener: Affect): Affect {
  const distance = Math.hypot(listener.valence, listener.arousal);
  if (distance < 1e-6) return { ...listener, valence: CLEAR * Math.SQRT1_2, arousal: CLEAR * Math.SQRT1_2 };
  const stretch = -Math.max(distance, CLEAR) / distance;
  return { ...listener, valence: listener.valence * stretch, arousal: listener.arousal * stretch };
}

/** Songs from the other side of the mood plane. */
export const contrast: Strategy<'contrast'> = {
  id: 'contrast',
  rank: (input) =>
    rankAlong(input, { weights: WEIGHTS, feature: 'affect-distance', stops: (listener, length) => stay(opposite(listener), length) }),
};
