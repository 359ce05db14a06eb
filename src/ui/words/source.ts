import type { FusedEstimate } from '../../core/music';
import type { MessageKey } from '../../locales/t';

/** Which sentence says where an estimate comes from. */
export function sourceOf({ weights, simulated }: Pick<FusedEstimate, 'weights' | 'simulated'>): MessageKey {
  const isBody = (weights['physiology'] ?? 0) > 0;
  const isFace = (weights['face'] ?? 0) > 0;
  if (isBody && !isFace) return simulated ? 'now.fromDemoBody' : 'now.fromBody';
  if (simulated) return 'now.fromSimulated';
  return isBody ? 'now.fromSeveral' : 'now.fromFace';
}
