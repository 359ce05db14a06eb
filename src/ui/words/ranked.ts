import type { AffectPoint, RankedTrack } from '../../core/music';
import type { LibraryContract, LibraryRow } from '../../stores/contracts';

/** The rows of ranked songs that are still in the library, in order. */
export function rankedRows(
  library: LibraryContract,
  items: readonly RankedTrack[],
): readonly { readonly item: RankedTrack; readonly row: LibraryRow }[] {
  return items.flatMap((item) => {
    const row = library.row(item.trackId);
    return row ? [{ item, row }] : [];
  });
}

/** Where ranked songs lie on the plane; songs without analysis are left out. */
export function rankedPoints(library: LibraryContract, items: readonly RankedTrack[]): readonly AffectPoint[] {
  return items.flatMap((item) => library.row(item.trackId)?.analysis?.affect ?? []);
}
