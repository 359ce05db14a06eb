import { AppError } from '../core/errors';
import type { Seconds, TrackId } from '../core/units';
import { fadeCurve } from './crossfade';
import { levellingGain, type Level } from './levelling';

/** A song as the player takes it. */
export interface PlayableTrack {
  readonly trackId: TrackId;
  readonly audio: Blob;
  readonly level: Level;
}

export interface DeckEvents {
  onPosition(): void;
  onEnded(): void;
  onFailed(error: AppError): void;
}

/** One of the two turntables: an element, its levelling and its fader. */
export class Deck {
  readonly element: HTMLAudioElement;
  readonly #level: GainNode;
  readonly #fader: GainNode;
  readonly #context: AudioContext;
  #url: string | null = null;
  track: PlayableTrack | null = null;

  constructor(context: AudioContext, destination: AudioNode, events: DeckEvents) {
    this.#context = context;
    this.element = new Audio();
    this.element.preload = 'auto';
    this.#level = context.createGain();
    this.#fader = context.createGain();
    context.createMediaElementSource(this.element).connect(this.#level).connect(this.#fader).connect(destination);
    this.element.ontimeupdate = () => events.onPosition();
    this.element.ondurationchange = () => events.onPosition();
    this.element.onended = () => events.onEnded();
    this.element.onerror = () => {
      if (this.#url !== null) events.onFailed(new AppError('player/cannot-play', this.element.error?.message ?? 'the element failed'));
    };
  }

  load(track: PlayableTrack, isLevelled: boolean): void {
    this.release();
    this.track = track;
    this.#url = URL.createObjectURL(track.audio);
    this.element.src = this.#url;
    this.level(isLevelled);
  }

  level(isLevelled: boolean): void {
    this.#level.gain.value = isLevelled && this.track ? levellingGain(this.track.level) : 1;
  }

  /** Rejects with 'player/blocked' when the browser wants a click first, 'player/cannot-play' when it cannot decode. */
  async play(): Promise<void> {
    const { track } = this;
    try {
      await this.element.play();
    } catch (cause) {
      // Another song was loaded, or pause pressed, before this one began: nobody waits for it any more.
      if (this.track !== track || (cause instanceof DOMException && cause.name === 'AbortError')) return;
      const isBlocked = cause instanceof DOMException && cause.name === 'NotAllowedError';
      throw new AppError(isBlocked ? 'player/blocked' : 'player/cannot-play', 'the element refused to play', { cause });
    }
  }

  /** Full volume at once. */
  open(): void {
    this.#fader.gain.cancelScheduledValues(0);
    this.#fader.gain.value = 1;
  }

  fade(direction: 'in' | 'out', duration: Seconds): void {
    const { gain } = this.#fader;
    gain.cancelScheduledValues(0);
    gain.setValueCurveAtTime(fadeCurve(direction), this.#context.currentTime, Math.max(0.01, duration));
  }

  get position(): Seconds {
    return this.element.currentTime;
  }

  /** 0 until the file says it. */
  get duration(): Seconds {
    return Number.isFinite(this.element.duration) ? this.element.duration : 0;
  }

  /** Silence, and the song's bytes may go. */
  release(): void {
    this.track = null;
    this.element.pause();
    if (this.#url === null) return;
    const url = this.#url;
    this.#url = null;
    this.element.removeAttribute('src');
    this.element.load();
    URL.revokeObjectURL(url);
  }
}
