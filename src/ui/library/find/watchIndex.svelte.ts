import type { LibraryRow } from '../../../stores/contracts';
import { SongIndex } from './songIndex';

/** Texts made per slice: a few ms. */
const SLICE = 2000;

/** An index that follows the library, and gets ready for a search while nothing else happens. Call while a component is made. */
export function watchIndex(rows: () => readonly LibraryRow[]): { readonly current: SongIndex } {
  const index = new SongIndex();
  // A new wrapper for each snapshot: the index itself stays the same object.
  const seen = $derived.by(() => {
    index.update(rows());
    return { index };
  });
  $effect(() => {
    const { index: fresh } = seen;
    let timer = setTimeout(function slice() {
      if (!fresh.prepare(SLICE)) timer = setTimeout(slice, 16);
    }, 200);
    return () => clearTimeout(timer);
  });
  return {
    get current() {
      return seen.index;
    },
  };
}
