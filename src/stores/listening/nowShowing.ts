import type { Seconds, TrackId } from '../../core/units';
import type { MediaCommands, MediaControls } from '../../player/mediaSession';
import type { LibraryStore } from './library.svelte';

export interface ShowingNeeds {
  readonly library: Pick<LibraryStore, 'row' | 'coverUrl'>;
  readonly connectMedia: (commands: MediaCommands) => MediaControls;
}

/** The song on the lock screen, with its cover as soon as that is read. */
export class NowShowing {
  readonly #controls: MediaControls;
  #shown: TrackId | null = null;

  constructor(
    private readonly needs: ShowingNeeds,
    commands: MediaCommands,
  ) {
    this.#controls = needs.connectMedia(commands);
  }

  show(trackId: TrackId | null): void {
    this.#shown = trackId;
    const track = trackId ? this.needs.library.row(trackId)?.track : null;
    if (!track) return this.#controls.show(null);
    const { title, artist, album, coverId } = track;
    this.#controls.show({ title, artist, album, coverUrl: null });
    if (coverId === null) return;
    void this.needs.library.coverUrl(coverId).then((coverUrl) => {
      if (this.#shown === trackId) this.#controls.show({ title, artist, album, coverUrl });
    });
  }

  setState(state: 'playing' | 'paused' | 'none'): void {
    this.#controls.setState(state);
  }

  setPosition(position: Seconds, duration: Seconds): void {
    this.#controls.setPosition(position, duration);
  }

  close(): void {
    this.#controls.close();
  }
}
