import type { Affect } from '../../core/emotion';
import { STRATEGY_IDS, type AffectPoint, type ListeningContext, type Playlist, type StrategyId } from '../../core/music';
import type { EpochMs, Milliseconds, PlaylistId, TrackId } from '../../core/units';
import { createPlaylist, PLAYLIST_LENGTH } from '../../recommender/playlist';
import type { RecommendationContract, SettingsContract } from '../contracts';
import type { EmotionStore } from '../sensing/emotion.svelte';
import type { FeedbackLog } from '../feedbackLog.svelte';
import type { LibraryStore } from './library.svelte';
import { Timer } from '../timer';

interface Needs {
  readonly emotion: EmotionStore;
  readonly library: Pick<LibraryStore, 'candidates'>;
  readonly log: FeedbackLog;
  readonly settings: SettingsContract;
  readonly now: () => EpochMs;
  /** A 32-bit seed for each list. */
  readonly seed: () => number;
  /**
   * A list that differs so much from the one before that the songs to come should follow it: the user chose another way,
   * or the mood has moved far. The song that plays is nobody's business here.
   */
  readonly onDirection?: (playlist: Playlist) => void;
}

/** On the mood plane, whose sides are 2 long: less is noise of the estimate. */
const NOTICEABLE = 0.15;
/** A different mood: what was to come no longer fits. */
const FAR = 0.5;
/** Estimates come many times a second; lists need not. */
const REST_MS: Milliseconds = 3000;

const UNKNOWN: Affect = { valence: 0, arousal: 0, valenceSd: 1, arousalSd: 1 };

const distance = (a: AffectPoint, b: AffectPoint) => Math.hypot(a.valence - b.valence, a.arousal - b.arousal);

/** Ten songs for now, with reasons, following the mood without being restless. */
export class RecommendationStore implements RecommendationContract {
  readonly strategies = STRATEGY_IDS;
  #target = $state.raw<AffectPoint | null>(null);
  #playlist = $state.raw<Playlist | null>(null);
  #pool = $state.raw<ReadonlySet<TrackId> | null>(null);
  #missing = $state<'songs' | 'state' | null>('songs');
  readonly #rest = new Timer();
  /** Where the songs to come were made for. */
  #direction: AffectPoint | null = null;
  #isLibraryNew = false;

  constructor(private readonly needs: Needs) {}

  get strategy(): StrategyId {
    return this.needs.settings.value.strategy;
  }

  get target(): AffectPoint | null {
    return this.#target;
  }

  get playlist(): Playlist | null {
    return this.#playlist;
  }

  get missing(): 'songs' | 'state' | null {
    return this.#missing;
  }

  get pool(): ReadonlySet<TrackId> | null {
    return this.#pool;
  }

  setPool(trackIds: readonly TrackId[] | null): void {
    this.#pool = trackIds && new Set(trackIds);
    this.#makeNow('direction');
  }

  setStrategy(id: StrategyId): void {
    void this.needs.settings.update({ strategy: id });
    this.#makeNow('direction');
  }

  setTarget(point: AffectPoint | null): void {
    // A plain copy: what comes from the screen may be a proxy.
    this.#target = point && { valence: point.valence, arousal: point.arousal };
    void this.needs.settings.update({ strategy: point ? 'target' : this.strategy === 'target' ? 'match' : this.strategy });
    this.#makeNow('direction');
  }

  /** Another list for the same wish. */
  refresh(): void {
    this.#makeNow('direction');
  }

  /** The estimate moved, or the user said how they feel. */
  affectChanged(isWord: boolean): void {
    if (isWord) return this.#makeNow('direction');
    // The first list need not wait for the mood to settle.
    if (this.#playlist ? !this.#rest.isSet && this.#isMoved() : this.#isMoved()) this.#makeNow('auto');
  }

  libraryChanged(): void {
    this.#isLibraryNew = true;
    if (!this.#playlist) this.#makeNow('auto');
    else if (!this.#rest.isSet) this.#startRest();
  }

  /** The stored settings or the log arrived, or a song was heard: think again, quietly. */
  reconsider(): void {
    this.#isLibraryNew = true;
    if (!this.#rest.isSet) this.#startRest();
  }

  /** A list to go on with when the queue runs low; null when there is no song for it. */
  more(queued: readonly TrackId[]): Playlist | null {
    const without = new Set(queued);
    const fresh = this.#make((trackId) => !without.has(trackId));
    // A small library is heard again, only not right after itself.
    const recent = new Set(queued.slice(-1));
    const playlist = fresh.items.length > 0 ? fresh : this.#make((trackId) => !recent.has(trackId));
    return playlist.items.length > 0 ? playlist : null;
  }

  /** Ends the timer. */
  close(): void {
    this.#rest.clear();
  }

  #isMoved(): boolean {
    const { affect } = this.needs.emotion;
    if (!affect || !this.#playlist) return affect !== null || this.#playlist !== null;
    return distance(affect, this.#playlist.from) >= NOTICEABLE;
  }

  #startRest(): void {
    this.#rest.set(REST_MS, () => {
      if (this.#isLibraryNew || this.#isMoved()) this.#makeNow('auto');
    });
  }

  #makeNow(cause: 'direction' | 'auto'): void {
    this.#isLibraryNew = false;
    this.#startRest();
    // Songs that were chosen and then left the library: none would be left to choose from.
    if (!this.needs.library.candidates.some(({ trackId }) => this.#isInPool(trackId))) this.#pool = null;
    this.#missing = this.#whatIsMissing();
    this.#playlist = this.#missing === null ? this.#make(() => true) : null;
    if (!this.#playlist) return;
    const { from } = this.#playlist;
    const isTurn = cause === 'direction' || (this.#direction !== null && distance(this.#direction, from) >= FAR);
    if (isTurn || this.#direction === null) this.#direction = from;
    if (isTurn) this.needs.onDirection?.(this.#playlist);
  }

  #whatIsMissing(): 'songs' | 'state' | null {
    const { emotion, library } = this.needs;
    if (library.candidates.length === 0) return 'songs';
    const isFree = this.#pool !== null || this.strategy === 'explore' || (this.strategy === 'target' && this.#target !== null);
    return isFree || emotion.affect ? null : 'state';
  }

  #isInPool(trackId: TrackId): boolean {
    return this.#pool?.has(trackId) ?? true;
  }

  #make(isWanted: (trackId: TrackId) => boolean): Playlist {
    const { emotion, library, log, now, seed } = this.needs;
    const at = now();
    return createPlaylist({
      id: crypto.randomUUID() as PlaylistId,
      strategy: this.strategy,
      basedOn: emotion.estimateId,
      seed: seed(),
      length: PLAYLIST_LENGTH,
      affect: emotion.affect ?? UNKNOWN,
      target: this.#target,
      context: contextAt(at),
      candidates: library.candidates.filter(({ trackId }) => this.#isInPool(trackId) && isWanted(trackId)),
      feedback: log.events,
    });
  }
}

/** Derived once here, so that strategies stay pure. */
function contextAt(at: EpochMs): ListeningContext {
  const local = new Date(at);
  return { at, hour: local.getHours(), weekday: local.getDay() };
}
