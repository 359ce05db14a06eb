import type { AffectPoint } from '../../../core/music';
import type { TrackId } from '../../../core/units';
import type { LibraryRow } from '../../../stores/contracts';
import { toPoint, type Place } from './geometry/mapView';
import { songsInRegion, type Region } from './geometry/region';
import { buildSongGrid, nearestSong } from './geometry/songGrid';
import { MapGestures } from './mapGestures.svelte';

export interface MapNeeds {
  readonly rows: () => readonly LibraryRow[];
  readonly chosen: () => ReadonlySet<TrackId>;
  /** Something was drawn around, and what lies inside. */
  readonly choose: (region: Region, rows: readonly LibraryRow[], isMore: boolean) => void;
  readonly play: (row: LibraryRow) => void;
}

/** How far from a song a pointer still means it, px. */
const REACH_PX = 14;

/** The songs on the map, which of them are meant, and what is looked at. */
export class MapState {
  readonly gestures: MapGestures;
  readonly rows = $derived.by(() => this.needs.rows().filter(({ analysis }) => analysis !== null));
  readonly grid = $derived(buildSongGrid(this.rows.map(pointOf)));
  /** Indices of the chosen songs; null while none is. */
  readonly marked = $derived.by(() => this.#mark());
  #hovered = $state<number | null>(null);
  #pinned = $state.raw<TrackId | null>(null);
  readonly #pinnedAt = $derived(this.#pinned === null ? -1 : this.rows.findIndex(({ track }) => track.id === this.#pinned));
  /** The song whose card is shown. */
  readonly near = $derived(this.#pinnedAt >= 0 ? this.#pinnedAt : this.#hovered);

  constructor(private readonly needs: MapNeeds) {
    this.gestures = new MapGestures({
      region: (line, isMore) => needs.choose(line, this.#inside(line), isMore),
      tap: (place) => this.pin(this.#find(place)),
    });
  }

  get nearRow(): LibraryRow | null {
    return this.near === null ? null : (this.rows[this.near] ?? null);
  }

  get isPinned(): boolean {
    return this.#pinnedAt >= 0;
  }

  titleOf = (index: number): string => this.rows[index]?.track.title ?? '';

  hover(place: Place | null): void {
    this.#hovered = place && this.#find(place);
  }

  pin(index: number | null): void {
    this.#pinned = (index === null ? null : this.rows[index]?.track.id) ?? null;
  }

  playAt(place: Place): void {
    const row = this.rows[this.#find(place) ?? -1];
    if (row) this.needs.play(row);
  }

  /** @returns whether the key was for the map */
  key(key: string, isFine: boolean): boolean {
    if (key === 'Enter') this.pin(this.#find(this.gestures.middle, 4));
    else if (key === 'Escape' && this.isPinned) this.pin(null);
    else return this.gestures.key(key, isFine);
    return true;
  }

  /** Where a point of the plane is seen, each axis from -1 to 1 across the map. */
  seen(point: AffectPoint): { readonly v: number; readonly a: number; readonly isInSight: boolean } {
    const { valence, arousal, scale } = this.gestures.view;
    const [v, a] = [(point.valence - valence) * scale, (point.arousal - arousal) * scale];
    return { v, a, isInSight: Math.max(Math.abs(v), Math.abs(a)) < 0.98 };
  }

  #find(place: Place, reach = 1): number | null {
    const { view, size } = this.gestures;
    const half = (side: number) => (2 * REACH_PX * reach) / side / view.scale;
    return nearestSong(this.grid, toPoint(view, size, place), { valence: half(size.width), arousal: half(size.height) });
  }

  #inside(line: Region): readonly LibraryRow[] {
    return songsInRegion(this.grid, line).flatMap((i) => this.rows[i] ?? []);
  }

  #mark(): ReadonlySet<number> | null {
    const chosen = this.needs.chosen();
    return chosen.size === 0 ? null : new Set(this.rows.flatMap(({ track }, i) => (chosen.has(track.id) ? [i] : [])));
  }
}

function pointOf({ analysis }: LibraryRow): AffectPoint {
  return analysis?.affect ?? { valence: 0, arousal: 0 };
}
