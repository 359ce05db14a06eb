import type { Lyrics } from '../../../core/music';
import type { TrackId } from '../../../core/units';
import type { LyricsContract, LyricsReading } from '../../../stores/contracts';

interface Asked {
  readonly trackId: () => TrackId | null;
  /** Changes when another model reads; what it was is read again. */
  readonly reader: () => string;
}

/** The words of the song that is shown, and what is read in them. Call while a component is made. */
export class SongLyrics {
  #lyrics = $state.raw<Lyrics | null>(null);
  #reading = $state.raw<LyricsReading | null>(null);
  #isKnown = $state(false);
  readonly #trackId: () => TrackId | null;

  constructor(
    private readonly store: LyricsContract,
    { trackId, reader }: Asked,
  ) {
    this.#trackId = trackId;
    // Derived: a row is a new object whenever anything of it changes, its id is not.
    const id = $derived(trackId());
    const by = $derived(reader());
    $effect(() => {
      const asked = id;
      this.#isKnown = false;
      this.#lyrics = null;
      if (asked === null) return;
      void this.store.of(asked).then((found) => {
        if (asked === this.#trackId()) this.#show(found);
      });
    });
    $effect(() => {
      const lyrics = this.#lyrics;
      if (by === '' || !lyrics || lyrics.lines.length === 0) return void (this.#reading = null);
      const controller = new AbortController();
      void this.store.read(lyrics, controller.signal).then((reading) => {
        if (!controller.signal.aborted) this.#reading = reading;
      });
      return () => controller.abort();
    });
  }

  get lyrics(): Lyrics | null {
    return this.#lyrics;
  }

  /** False until it was looked up whether there are any. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** null while they are read, and when nothing can be. */
  get reading(): LyricsReading | null {
    return this.#reading?.lines.length === this.#lyrics?.lines.length ? this.#reading : null;
  }

  /** @returns whether there was a word in it */
  async paste(text: string): Promise<boolean> {
    const pasted = await this.#do((id) => this.store.paste(id, text));
    if (pasted) this.#show(pasted);
    return pasted !== null;
  }

  async markInstrumental(): Promise<void> {
    const marked = await this.#do((id) => this.store.markInstrumental(id));
    if (marked) this.#show(marked);
  }

  async takeBack(): Promise<void> {
    this.#show(await this.#do((id) => this.store.takeBack(id)));
  }

  #show(lyrics: Lyrics | null): void {
    this.#lyrics = lyrics;
    this.#isKnown = true;
  }

  /** null as well when another song is shown meanwhile. */
  async #do(act: (id: TrackId) => Promise<Lyrics | null>): Promise<Lyrics | null> {
    const id = this.#trackId();
    const done = id === null ? null : await act(id);
    return id === this.#trackId() ? done : null;
  }
}
