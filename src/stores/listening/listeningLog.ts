import type { EpochMs, PlaylistId, Seconds, TrackId, UnitInterval } from '../../core/units';
import type { EmotionStore } from '../sensing/emotion.svelte';
import type { FeedbackLog, Rating } from '../feedbackLog.svelte';

export interface ListeningNeeds {
  readonly log: FeedbackLog;
  readonly emotion: Pick<EmotionStore, 'feltPoint'>;
  readonly now: () => EpochMs;
}

/** A song of the queue. */
interface Heard {
  readonly ranked: { readonly trackId: TrackId };
  readonly playlistId: PlaylistId | null;
}

/** Heard this far, going on is no skip. */
const HEARD: UnitInterval = 0.8;

/** Writes what was played, skipped and rated, with what the listener seemed to feel then. */
export class ListeningLog {
  constructor(private readonly needs: ListeningNeeds) {}

  /** @param position where the listener left it; @param duration 0 when it is not known */
  leave({ ranked: { trackId }, playlistId }: Heard, position: Seconds, duration: Seconds): void {
    const fraction = duration > 0 ? Math.min(1, position / duration) : 0;
    const { log } = this.needs;
    if (fraction >= HEARD) log.append({ kind: 'played', trackId, fraction, ...this.#circumstances(playlistId) });
    else log.append({ kind: 'skipped', trackId, after: position, ...this.#circumstances(playlistId) });
  }

  rate({ ranked: { trackId }, playlistId }: Heard, rating: Rating): void {
    this.needs.log.append({ kind: 'rated', trackId, rating, ...this.#circumstances(playlistId) });
  }

  #circumstances(playlistId: PlaylistId | null) {
    return { at: this.needs.now(), playlistId, affect: this.needs.emotion.feltPoint };
  }
}
