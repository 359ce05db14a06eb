import type { WeighedWord } from '../../core/records/writtenEntry';
import type { UnitInterval } from '../../core/units';

export interface TextPart {
  readonly text: string;
  /** 0 for what carried nothing. */
  readonly weight: UnitInterval;
}

/** A text in pieces, the marked words apart from the rest. @param end only so much of the text is shown (UTF-16 units) */
export function weighedParts(text: string, words: readonly WeighedWord[], end = text.length): readonly TextPart[] {
  const parts: TextPart[] = [];
  let place = 0;
  for (const { from, to, weight } of words) {
    if (from < place || to > end) continue;
    if (from > place) parts.push({ text: text.slice(place, from), weight: 0 });
    parts.push({ text: text.slice(from, to), weight });
    place = to;
  }
  if (place < end) parts.push({ text: text.slice(place, end), weight: 0 });
  return parts;
}
