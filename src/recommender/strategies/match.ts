import type { Strategy } from '../../core/music';
import { stay } from '../path';
import { rankAlong } from '../rankAlong';
import { WEIGHTS } from '../weights';

/** Songs that feel as the listener does. */
export const match: Strategy<'match'> = {
  id: 'match',
  rank: (input) => rankAlong(input, { weights: WEIGHTS, feature: 'affect-distance', stops: stay }),
};
