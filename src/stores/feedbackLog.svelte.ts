import { codeOf } from '../core/errors';
import type { AffectPoint, FeedbackEvent } from '../core/music';
import type { TrackId } from '../core/units';
import type { SyncInDatabase } from '../storage/db';
import { appendFeedback, listFeedback } from '../storage/rows/feedback';
import type { NoticesContract } from './contracts';

export type Rating = 'like' | 'dislike' | 'none';

interface Needs {
  readonly db: SyncInDatabase | null;
  readonly notices: NoticesContract;
  /** Told after each event; `event` is already in the log. */
  readonly onAppended?: (event: FeedbackEvent) => void;
}

/** What the listener did and said, append-only. Shared by the stores; the screens see it through them. */
export class FeedbackLog {
  #events = $state.raw<readonly FeedbackEvent[]>([]);
  #ratings = $state.raw<ReadonlyMap<TrackId, Rating>>(new Map());
  readonly #corrections = new Map<TrackId, AffectPoint>();

  constructor(private readonly needs: Needs) {}

  get events(): readonly FeedbackEvent[] {
    return this.#events;
  }

  /** The latest rating of each rated song. */
  get ratings(): ReadonlyMap<TrackId, Rating> {
    return this.#ratings;
  }

  /** Where the listener says that songs lie on the mood plane. */
  get corrections(): ReadonlyMap<TrackId, AffectPoint> {
    return this.#corrections;
  }

  async load(): Promise<void> {
    if (!this.needs.db) return;
    try {
      this.#events = await listFeedback(this.needs.db);
    } catch (error) {
      this.needs.notices.problem(codeOf(error));
    }
    this.#ratings = new Map(this.#events.flatMap((event) => (event.kind === 'rated' ? [[event.trackId, event.rating] as const] : [])));
    for (const event of this.#events) this.#noteCorrection(event);
  }

  /** Counts at once; a full disk is told, and the event then lasts until the page closes. */
  append(event: FeedbackEvent): void {
    this.#events = [...this.#events, event];
    if (event.kind === 'rated') this.#ratings = new Map(this.#ratings).set(event.trackId, event.rating);
    this.#noteCorrection(event);
    if (this.needs.db) appendFeedback(this.needs.db, event).catch((error: unknown) => this.needs.notices.problem(codeOf(error)));
    this.needs.onAppended?.(event);
  }

  #noteCorrection(event: FeedbackEvent): void {
    if (event.kind !== 'song-corrected') return;
    if (event.point) this.#corrections.set(event.trackId, event.point);
    else this.#corrections.delete(event.trackId);
  }
}
