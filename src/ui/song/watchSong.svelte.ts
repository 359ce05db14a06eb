import type { TrackId } from '../../core/units';
import type { LibraryContract, LibraryRow, SimilarSong } from '../../stores/contracts';

const SIMILAR = 8;

/** Similar songs of the song that is shown; they follow it, and its analysis. Call while a component is made. */
export class SongExtras {
  #similar = $state.raw<readonly SimilarSong[] | null>(null);

  constructor(library: LibraryContract, row: () => LibraryRow | null) {
    const trackId = $derived(row()?.track.id ?? null);
    const isAnalysed = $derived((row()?.analysis ?? null) !== null);
    // Whoever opens a song wants to know: it is analysed before others.
    $effect(() => {
      if (trackId !== null && !isAnalysed) library.prioritise([trackId], 'asked');
    });
    follow(
      () => (isAnalysed ? trackId : null),
      (id) => library.similar(id, SIMILAR),
      (similar) => (this.#similar = similar),
    );
  }

  /** null while they are looked for. */
  get similar(): readonly SimilarSong[] | null {
    return this.#similar;
  }
}

/** Reads again whenever the song changes; what comes too late is dropped. The store tells of failures itself. */
function follow<T>(song: () => TrackId | null, read: (id: TrackId) => Promise<T>, show: (found: T | null) => void): void {
  $effect(() => {
    const id = song();
    let isOver = false;
    show(null);
    if (id !== null)
      void read(id).then((found) => {
        if (!isOver) show(found);
      });
    return () => (isOver = true);
  });
}
