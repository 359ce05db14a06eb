import type { Bipolar } from '../../../core/units';
import type { MessageKey } from '../../../locales/t';

/** A cosine of two songs' embeddings in words; the borders are ours. */
export function likeness(similarity: Bipolar): MessageKey {
  if (similarity >= 0.9) return 'song.likeTwin';
  if (similarity >= 0.75) return 'song.likeMuch';
  return similarity >= 0.5 ? 'song.likeSome' : 'song.likeLittle';
}
