import type { EpochMs } from '../../../core/units';

/** One message of an export. */
export interface Message {
  /** null: the file tells no time. */
  readonly at: EpochMs | null;
  /** null: the file names nobody. */
  readonly author: string | null;
  readonly text: string;
}

/** What messengers write instead of a picture, a call or a deleted message: nobody said it. */
const NOT_SAID =
  /^(<[^>]*(omitted|weggelassen|omis|omitido)[^>]*>|.*\b(image|video|audio|sticker|gif|document) omitted|this message was deleted\.?|you deleted this message\.?|null|missed (voice|video) call)$/i;

/** @returns null for what nobody said */
export function toMessage(text: unknown, author: unknown, at: EpochMs | null): Message | null {
  if (typeof text !== 'string') return null;
  const said = text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim();
  if (said === '' || NOT_SAID.test(said)) return null;
  const name = typeof author === 'string' ? author.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim() : '';
  return { text: said, author: name === '' ? null : name, at };
}
