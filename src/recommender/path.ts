import type { Affect } from '../core/emotion';
import type { AffectPoint } from '../core/music';
import type { UnitInterval } from '../core/units';

/** A goal is a wish, not a measurement, yet nobody points at the mood plane to the hair. */
const GOAL_SD = 0.15;

export function goalAt({ valence, arousal }: AffectPoint): Affect {
  return { valence: clamp(valence), arousal: clamp(arousal), valenceSd: GOAL_SD, arousalSd: GOAL_SD };
}

export function stay(affect: Affect, length: number): readonly Affect[] {
  return Array.from({ length }, () => affect);
}

/**
 * The iso principle (Altshuler 1948): the first song meets the listener where they are, later ones lead step by step to the goal.
 * An axis on which nothing is known of the listener (sd towards 1) starts at the goal instead.
 * @param arrival share of the list after which the goal is reached; the rest stays there
 */
export function leadTo(listener: Affect, goal: Affect, length: number, arrival: UnitInterval): readonly Affect[] {
  const start: Affect = {
    valence: towards(listener.valence, goal.valence, vagueness(listener.valenceSd)),
    arousal: towards(listener.arousal, goal.arousal, vagueness(listener.arousalSd)),
    valenceSd: Math.min(listener.valenceSd, 0.5),
    arousalSd: Math.min(listener.arousalSd, 0.5),
  };
  const steps = Math.max(1, Math.round(arrival * (length - 1)));
  return Array.from({ length }, (_, place) => (place >= steps ? goal : between(start, goal, place / steps)));
}

/** 0 while the sd says something about the axis, 1 when it covers the whole of it. */
function vagueness(sd: number): UnitInterval {
  return Math.min(1, Math.max(0, (sd - 0.5) / 0.5));
}

function between(from: Affect, to: Affect, share: UnitInterval): Affect {
  return {
    valence: towards(from.valence, to.valence, share),
    arousal: towards(from.arousal, to.arousal, share),
    valenceSd: towards(from.valenceSd, to.valenceSd, share),
    arousalSd: towards(from.arousalSd, to.arousalSd, share),
  };
}

function towards(from: number, to: number, share: UnitInterval): number {
  return from + (to - from) * share;
}

function clamp(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : 0;
}
