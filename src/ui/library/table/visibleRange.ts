export interface VisibleRange {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * Rows of equal height that are on screen, with some more on both sides.
 * @param above px of the list that have scrolled out at the top; negative while the list begins further down
 * @param viewport height of the window, px
 */
export function visibleRange(above: number, viewport: number, rowHeight: number, count: number, overscan = 8): VisibleRange {
  const first = Math.max(0, Math.floor(above / rowHeight) - overscan);
  const end = Math.min(count, Math.ceil((above + viewport) / rowHeight) + overscan);
  return { first: Math.min(first, Math.max(0, end)), end: Math.max(0, end) };
}
