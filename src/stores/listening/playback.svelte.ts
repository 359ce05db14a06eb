import { codeOf, type ErrorCode } from '../../core/errors';
import type { Playlist, RankedTrack } from '../../core/music';
import type { Seconds, TrackId, UnitInterval } from '../../core/units';
import type { PlaybackContract } from '../contracts';
import type { Rating } from '../feedbackLog.svelte';
import { ListeningLog } from './listeningLog';
import { NowShowing } from './nowShowing';
import { openAhead, openPlayable } from './openPlayable';
import type { PlaybackNeeds as Needs } from './playbackNeeds';
import { PlayQueue } from './playQueue.svelte';
import { Sound } from './sound.svelte';

/** "Previous" starts the song again once it has played this long. */
const RESTART_AFTER: Seconds = 3;
/** So many songs in a row that cannot be played: something is wrong with all of them. */
const MOST_FAILURES = 4;

/** What plays, why, and what comes next. Writes what was heard and skipped into the log. */
export class PlaybackStore implements PlaybackContract {
  #state = $state<PlaybackContract['state']>('idle');
  #failure = $state<ErrorCode | null>(null);
  #position = $state<Seconds>(0);
  #duration = $state<Seconds>(0);
  readonly #needs: Needs;
  readonly #queue: PlayQueue;
  readonly #showing: NowShowing;
  readonly #listening: ListeningLog;
  readonly #sound: Sound;
  /** Counts starts, so that a slow file does not start after a later one. */
  #turn = 0;
  #failures = 0;
  readonly #isUnderWay = $derived(this.#state === 'playing' || this.#state === 'loading');

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#queue = new PlayQueue(needs);
    this.#listening = new ListeningLog(needs);
    this.#showing = new NowShowing(needs, {
      play: () => void this.#resume(),
      pause: () => this.#pause(),
      stop: () => this.stop(),
      next: () => void this.next(),
      previous: () => void this.previous(),
      seek: (to) => this.seek(to),
      position: () => this.#position,
    });
    this.#sound = new Sound(needs, {
      onPosition: (position, duration) => this.#moved(position, duration),
      onAdvanced: (trackId) => this.#advanced(trackId),
      onEnded: () => void this.next(),
      // A cued song that fails gets its turn, and its notice, when it should play.
      onFailed: (error, trackId) => {
        if (trackId === this.trackId) void this.#fail(error);
      },
      onPlayingChanged: (isPlaying) => {
        if (isPlaying) this.#playing();
        else this.#rest('paused');
      },
    });
  }

  get state(): PlaybackContract['state'] {
    return this.#state;
  }

  get failure(): ErrorCode | null {
    return this.#failure;
  }

  get trackId(): TrackId | null {
    return this.#queue.trackId;
  }

  get ranked(): RankedTrack | null {
    return this.#queue.ranked;
  }

  get upcoming(): readonly RankedTrack[] {
    return this.#queue.upcoming;
  }

  get rating(): Rating {
    return (this.trackId && this.#needs.log.ratings.get(this.trackId)) ?? 'none';
  }

  get position(): Seconds {
    return this.#position;
  }

  get duration(): Seconds {
    return this.#duration;
  }

  get volume(): UnitInterval {
    return this.#sound.volume;
  }

  get isMuted(): boolean {
    return this.#sound.isMuted;
  }

  async playPlaylist(playlist: Playlist, index = 0): Promise<void> {
    this.#leave();
    this.#queue.startPlaylist(playlist, index);
    await this.#startCurrent();
  }

  async playTracks(trackIds: readonly TrackId[], index = 0): Promise<void> {
    this.#leave();
    this.#queue.startTracks(trackIds, index);
    await this.#startCurrent();
  }

  /** Songs for later; with nothing there yet they start. */
  async enqueue(trackIds: readonly TrackId[], place: 'next' | 'last'): Promise<void> {
    if (!this.trackId) return this.playTracks(trackIds);
    this.#queue.add(trackIds, place);
    await this.#cueNext();
  }

  /** A song that still loads counts as playing: whoever pauses it then gets a paused song. */
  async toggle(): Promise<void> {
    if (this.#isUnderWay) this.#pause();
    else if (this.#state === 'failed') await this.#startCurrent();
    else await this.#resume();
  }

  stop(): void {
    this.#leave();
    this.#queue.clear();
    this.#end();
  }

  seek(to: Seconds): void {
    this.#sound.player?.seek(to);
    this.#position = Math.max(0, Number.isFinite(to) ? to : 0);
    this.#showing.setPosition(this.#position, this.#duration);
  }

  async next(songs = 1): Promise<void> {
    this.#leave();
    for (let passed = 1; passed < songs; passed++) this.#queue.forward();
    await this.#goOn();
  }

  async previous(): Promise<void> {
    if (this.#position > RESTART_AFTER || this.#queue.isAtStart) return this.seek(0);
    this.#leave();
    this.#queue.back();
    await this.#startCurrent();
  }

  setVolume(volume: UnitInterval): void {
    this.#sound.setVolume(volume);
  }

  toggleMute(): void {
    this.#sound.toggleMute();
  }

  rate(rating: Rating): void {
    const { current } = this.#queue;
    if (current) this.#listening.rate(current, rating);
  }

  /** The wish changed: what is to come follows it; the song that plays goes on. */
  follow(playlist: Playlist): void {
    if (this.#queue.follow(playlist)) void this.#cueNext();
  }

  /** Songs left the library. */
  forget(trackIds: readonly TrackId[]): void {
    const before = this.trackId;
    this.#queue.remove(new Set(trackIds));
    if (before === this.trackId) void this.#cueNext();
    else if (this.#isUnderWay) void this.#startCurrent();
    else this.stop();
  }

  async close(): Promise<void> {
    this.#turn++;
    this.#showing.close();
    await this.#sound.close();
  }

  async #startCurrent(): Promise<void> {
    const turn = ++this.#turn;
    const { trackId } = this;
    if (!trackId) return this.#end();
    this.#state = 'loading';
    this.#failure = null;
    // The song before must neither sound on nor end, fade or tell its position in the name of this one.
    this.#sound.player?.stop();
    this.#begin(trackId);
    try {
      const track = await openPlayable(trackId, this.#needs);
      if (turn !== this.#turn) return;
      await this.#sound.ready().play(track);
      // Meanwhile it may have failed, or another song may have been asked for.
      if (turn === this.#turn && this.state === 'loading') this.#playing();
    } catch (error) {
      if (turn === this.#turn) await this.#fail(error);
    }
  }

  #begin(trackId: TrackId): void {
    this.#position = 0;
    this.#duration = this.#needs.library.row(trackId)?.track.duration ?? 0;
    this.#showing.show(trackId);
  }

  /** A song that cannot be played is named and skipped; a browser that wants a click waits for it. */
  async #fail(error: unknown): Promise<void> {
    const code = codeOf(error);
    this.#needs.notices.problem(code);
    this.#failure = code;
    if (code === 'player/blocked') return this.#rest('paused');
    if (++this.#failures < MOST_FAILURES) return this.#goOn();
    this.#failures = 0;
    this.#rest('failed');
  }

  #playing(): void {
    this.#failures = 0;
    this.#failure = null;
    this.#state = 'playing';
    this.#showing.setState('playing');
    void this.#cueNext();
  }

  async #goOn(): Promise<void> {
    this.#queue.forward();
    await this.#startCurrent();
  }

  #end(): void {
    this.#turn++;
    this.#sound.player?.stop();
    this.#position = 0;
    this.#duration = 0;
    this.#showing.show(null);
    this.#rest('idle');
  }

  async #cueNext(): Promise<void> {
    const { nextId } = this.#queue;
    const turn = this.#turn;
    const track = await openAhead(nextId, this.#needs);
    if (turn === this.#turn && nextId === this.#queue.nextId) this.#sound.player?.cue(track);
  }

  #moved(position: Seconds, duration: Seconds): void {
    this.#position = position;
    if (duration > 0) this.#duration = duration;
    this.#showing.setPosition(this.#position, this.#duration);
  }

  #advanced(trackId: TrackId): void {
    this.#leave();
    this.#turn++;
    this.#queue.forward();
    this.#begin(trackId);
    this.#playing();
  }

  #pause(): void {
    if (!this.#isUnderWay) return;
    // Whatever is being opened has lost its turn; resuming starts it again.
    if (this.#state === 'loading') this.#turn++;
    this.#sound.player?.pause();
    this.#rest('paused');
  }

  async #resume(): Promise<void> {
    if (this.#state !== 'paused') return;
    const { player } = this.#sound;
    if (!player || player.duration === 0) return this.#startCurrent();
    const turn = ++this.#turn;
    this.#state = 'loading';
    try {
      await player.resume();
      if (turn === this.#turn && this.state === 'loading') this.#playing();
    } catch (error) {
      if (turn === this.#turn) await this.#fail(error);
    }
  }

  #rest(state: 'idle' | 'paused' | 'failed'): void {
    this.#state = state;
    this.#showing.setState(state === 'paused' ? 'paused' : 'none');
    this.#needs.onRest?.();
  }

  /** The current song ends or is left: heard, or skipped. */
  #leave(): void {
    const { current } = this.#queue;
    if (!current || (this.#state !== 'playing' && this.#state !== 'paused') || this.#position <= 0) return;
    this.#listening.leave(current, this.#position, this.#duration);
  }
}
