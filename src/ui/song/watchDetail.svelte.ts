import { untrack } from 'svelte';
import type { TrackDetail } from '../../core/music';
import type { LibraryContract, LibraryRow } from '../../stores/contracts';

/**
 * The detail of the song that is shown, read again when it was analysed again. Call while a component is made.
 * @returns null while it is read, and when there is none
 */
export function watchDetail(library: LibraryContract, row: () => LibraryRow | null): { readonly current: TrackDetail | null } {
  let detail = $state.raw<TrackDetail | null>(null);
  const wanted = $derived(row()?.analysis ?? null);
  $effect(() => {
    const { trackId } = wanted ?? { trackId: null };
    // Untracked: what is read below must not start the reading again.
    if (untrack(() => detail?.trackId) !== trackId) detail = null;
    if (trackId === null) return;
    let isOver = false;
    library.detail(trackId).then(
      (read) => {
        if (!isOver) detail = read;
      },
      // The store has told; the song is then shown as one without curve.
      () => undefined,
    );
    return () => (isOver = true);
  });
  return {
    get current() {
      return detail;
    },
  };
}
