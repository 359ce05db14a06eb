import { AppError } from '../core/errors';
import type { Seconds, TrackId, UnitInterval } from '../core/units';
import { leadOf } from './crossfade';
import { Deck, type PlayableTrack } from './deck';
import { volumeGain } from './levelling';

export interface PlayerEvents {
  /** About four times a second while playing, and when the duration becomes known. */
  onPosition(position: Seconds, duration: Seconds): void;
  /** The cued song took over, by fade or right at the end. */
  onAdvanced(trackId: TrackId): void;
  /** The song ended and none was cued. */
  onEnded(): void;
  onFailed(error: AppError, trackId: TrackId): void;
  /** Something outside paused or resumed: headphones pulled, another app took the sound. */
  onPlayingChanged(isPlaying: boolean): void;
}

export interface PlayerSettings {
  readonly volume: UnitInterval;
  /** Hard upper bound of the volume. */
  readonly volumeLimit: UnitInterval;
  readonly isMuted: boolean;
  readonly levelling: boolean;
  readonly crossfade: Seconds;
}

/** What the playback store needs; tests without sound pass their own. */
export interface Player {
  readonly position: Seconds;
  readonly duration: Seconds;
  readonly isPlaying: boolean;
  /** Starts a song from its beginning, in place of the current one. Rejects with 'player/blocked'; a song that cannot be played goes to `onFailed`. */
  play(track: PlayableTrack): Promise<void>;
  /** Makes a song ready to follow the current one; null takes it back. */
  cue(track: PlayableTrack | null): void;
  pause(): void;
  resume(): Promise<void>;
  stop(): void;
  seek(to: Seconds): void;
  apply(settings: PlayerSettings): void;
  /** Frees elements and sound output. */
  close(): Promise<void>;
}

/** Volume jumps click; 15 ms do not. */
const VOLUME_SMOOTHING: Seconds = 0.015;
/** `timeupdate` comes four times a second; within this of the hand-over a timer takes aim. */
const AIM: Seconds = 0.5;

class TwoDeckPlayer implements Player {
  readonly #context = new AudioContext({ latencyHint: 'playback' });
  readonly #master = this.#context.createGain();
  #active: Deck;
  #spare: Deck;
  #settings: PlayerSettings = { volume: 1, volumeLimit: 1, isMuted: false, levelling: true, crossfade: 0 };
  #handOver: ReturnType<typeof setTimeout> | undefined;
  /** Ends the deck that fades out. */
  #afterFade: ReturnType<typeof setTimeout> | undefined;
  /** Cued while the spare deck still faded out. */
  #waiting: PlayableTrack | null = null;
  #wantsToPlay = false;

  constructor(private readonly events: PlayerEvents) {
    this.#master.connect(this.#context.destination);
    this.#active = this.#createDeck();
    this.#spare = this.#createDeck();
  }

  get position(): Seconds {
    return this.#active.position;
  }

  get duration(): Seconds {
    return this.#active.duration;
  }

  get isPlaying(): boolean {
    return this.#wantsToPlay;
  }

  async play(track: PlayableTrack): Promise<void> {
    this.#endFade();
    clearTimeout(this.#handOver);
    this.#spare.release();
    this.#waiting = null;
    this.#active.load(track, this.#settings.levelling);
    this.#active.open();
    await this.#start(this.#active);
  }

  cue(track: PlayableTrack | null): void {
    // While a fade runs, the spare deck still sounds.
    if (this.#afterFade !== undefined) {
      this.#waiting = track;
      return;
    }
    if (track) this.#spare.load(track, this.#settings.levelling);
    else this.#spare.release();
    this.#aim();
  }

  pause(): void {
    this.#wantsToPlay = false;
    clearTimeout(this.#handOver);
    this.#endFade();
    this.#active.element.pause();
  }

  async resume(): Promise<void> {
    if (this.#active.track) await this.#start(this.#active);
  }

  stop(): void {
    this.pause();
    this.#active.release();
    this.#spare.release();
  }

  seek(to: Seconds): void {
    if (!this.#active.track || !Number.isFinite(to)) return;
    clearTimeout(this.#handOver);
    this.#active.element.currentTime = Math.max(0, this.duration > 0 ? Math.min(to, this.duration) : to);
    this.#aim();
  }

  apply(settings: PlayerSettings): void {
    this.#settings = settings;
    const gain = settings.isMuted ? 0 : volumeGain(settings.volume, settings.volumeLimit);
    this.#master.gain.setTargetAtTime(gain, this.#context.currentTime, VOLUME_SMOOTHING);
    this.#active.level(settings.levelling);
    this.#spare.level(settings.levelling);
  }

  async close(): Promise<void> {
    this.stop();
    await this.#context.close();
  }

  async #start(deck: Deck): Promise<void> {
    this.#wantsToPlay = true;
    // Without a user's gesture the context waits; the element then refuses, which is the error that counts.
    void this.#context.resume();
    try {
      await deck.play();
    } catch (error) {
      if (deck === this.#active) this.#wantsToPlay = false;
      if (!(error instanceof AppError) || error.code !== 'player/cannot-play') throw error;
      this.#fail(deck, error);
    }
    this.#aim();
  }

  #createDeck(): Deck {
    const deck: Deck = new Deck(this.#context, this.#master, {
      onPosition: () => {
        if (deck !== this.#active) return;
        this.events.onPosition(deck.position, deck.duration);
        this.#aim();
      },
      onEnded: () => {
        if (deck === this.#active) this.#finish();
      },
      onFailed: (error) => this.#fail(deck, error),
    });
    deck.element.onpause = () => this.#noticePause(deck);
    deck.element.onplaying = () => {
      // These come late too: a pause may have overtaken it.
      if (deck === this.#active && !this.#wantsToPlay && !deck.element.paused) this.#noticeResume();
    };
    return deck;
  }

  #noticePause(deck: Deck): void {
    const { ended, paused } = deck.element;
    // Pause events come late: by now another song may play on the same deck.
    if (deck !== this.#active || !this.#wantsToPlay || ended || !paused || !deck.track) return;
    this.#wantsToPlay = false;
    this.events.onPlayingChanged(false);
  }

  #noticeResume(): void {
    this.#wantsToPlay = true;
    this.events.onPlayingChanged(true);
  }

  #fail(deck: Deck, error: AppError): void {
    const { track } = deck;
    if (!track) return;
    if (deck === this.#active) this.#wantsToPlay = false;
    deck.release();
    this.events.onFailed(error, track.trackId);
  }

  /** Sets the timer that starts the cued song, once the end is near. */
  #aim(): void {
    clearTimeout(this.#handOver);
    const { duration, position } = this.#active;
    if (!this.#wantsToPlay || !this.#spare.track || duration <= 0 || this.#afterFade !== undefined) return;
    const wait = duration - position - leadOf(this.#settings.crossfade, duration);
    if (wait > AIM) return;
    this.#handOver = setTimeout(() => this.#advance(), Math.max(0, wait * 1000));
  }

  #finish(): void {
    clearTimeout(this.#handOver);
    this.#endFade();
    if (this.#spare.track) this.#advance();
    else {
      this.#wantsToPlay = false;
      this.events.onEnded();
    }
  }

  /** The cued deck becomes the active one; the other fades out and is freed. */
  #advance(): void {
    const before = this.#active;
    const next = this.#spare;
    const { track } = next;
    if (!track) return;
    const overlap = Math.max(0, before.duration - before.position);
    [this.#active, this.#spare] = [next, before];
    if (this.#settings.crossfade > 0 && overlap > 0.1) {
      before.fade('out', overlap);
      next.fade('in', overlap);
    } else next.open();
    this.#afterFade = setTimeout(() => this.#endFade(), overlap * 1000 + 50);
    this.events.onAdvanced(track.trackId);
    this.#start(next).catch(() => this.events.onPlayingChanged(false));
  }

  #endFade(): void {
    if (this.#afterFade === undefined) return;
    clearTimeout(this.#afterFade);
    this.#afterFade = undefined;
    this.#spare.release();
    this.#active.open();
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) this.cue(waiting);
  }
}

/** A player with two decks. Create it after the first click: browsers keep sound back before. */
export function createPlayer(events: PlayerEvents): Player {
  return new TwoDeckPlayer(events);
}
