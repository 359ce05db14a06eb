import type { Strategy } from '../../core/music';
import { goalAt, leadTo, stay } from '../path';
import { rankAlong } from '../rankAlong';
import { WEIGHTS } from '../weights';

/** Whoever points at the plane wants to be there soon: the goal is reached before the middle of the list. */
const ARRIVAL = 0.35;

/** From where the listener is to the point they chose; without a point it is the same as match. */
export const target: Strategy<'target'> = {
  id: 'target',
  rank: (input) => {
    const { target: point } = input;
    return rankAlong(input, {
      weights: WEIGHTS,
      feature: 'target-distance',
      stops: (listener, length) => (point ? leadTo(listener, goalAt(point), length, ARRIVAL) : stay(listener, length)),
    });
  },
};
