import type { UnitInterval } from '../core/units';

/**
 * Share of the first k items that are relevant. A list shorter than k is judged by its own length,
 * since a small library cannot fill it; an empty list gives 0.
 */
export function precisionAt<T>(items: readonly T[], isRelevant: (item: T) => boolean, k = 10): UnitInterval {
  const first = items.slice(0, k);
  return first.length === 0 ? 0 : first.filter(isRelevant).length / first.length;
}
