import type { AffectPoint } from '../../../core/music';
import { panBy, toPoint, WHOLE, ZOOM_STEP, zoomAt, type MapSize, type MapView, type Place } from './geometry/mapView';
import { rectangle, thinned, type Region } from './geometry/region';

export const MAP_TOOLS = ['move', 'lasso', 'rectangle'] as const;
export type MapTool = (typeof MAP_TOOLS)[number];

export interface MapWishes {
  /** Something was drawn around; `isMore`: added to what is chosen already. */
  region(region: Region, isMore: boolean): void;
  /** A click or tap at a place, not the end of a drag. */
  tap(place: Place): void;
}

/** Less is a click with an unsteady hand, px. */
const CLICK_PX = 5;
const KEY_PX = 64;

/** The view of the map and how pointers, wheel and keys change it. */
export class MapGestures {
  view = $state.raw<MapView>(WHOLE);
  size = $state.raw<MapSize>({ width: 600, height: 600 });
  tool = $state<MapTool>('move');
  /** What is being drawn around. */
  line = $state.raw<Region>([]);
  #start: Place | null = null;
  #isDrag = false;
  readonly #pointers = new Map<number, Place>();

  constructor(private readonly wishes: MapWishes) {}

  press(id: number, place: Place): void {
    this.#pointers.set(id, place);
    this.#start = place;
    this.#isDrag = this.#pointers.size > 1;
    this.line = [];
  }

  /** @param isRectangle Shift is held: draws a rectangle whatever the tool */
  move(id: number, place: Place, isRectangle: boolean): void {
    const before = this.#pointers.get(id);
    if (!before || !this.#start) return;
    const [other] = [...this.#pointers].filter(([key]) => key !== id).map(([, at]) => at);
    this.#pointers.set(id, place);
    if (other) return this.#pinch(before, place, other);
    this.#isDrag ||= Math.hypot(place.x - this.#start.x, place.y - this.#start.y) > CLICK_PX;
    if (!this.#isDrag) return;
    const tool = isRectangle ? 'rectangle' : this.tool;
    if (tool === 'move') this.view = panBy(this.view, this.size, place.x - before.x, place.y - before.y);
    else if (tool === 'rectangle') this.line = rectangle(this.#point(this.#start), this.#point(place));
    else this.line = thinned([...this.line, this.#point(place)], 0.008 / this.view.scale);
  }

  release(id: number, place: Place, isMore: boolean): void {
    this.#pointers.delete(id);
    const { line } = this;
    this.line = [];
    if (!this.#isDrag) this.wishes.tap(place);
    else if (line.length > 2) this.wishes.region(line, isMore);
    if (this.#pointers.size === 0) this.#start = null;
  }

  cancel(id: number): void {
    this.#pointers.delete(id);
    this.line = [];
  }

  /** @param delta px of the wheel; positive is away from the map */
  wheel(delta: number, place: Place): void {
    this.view = zoomAt(this.view, this.size, Math.exp(-Math.max(-240, Math.min(240, delta)) / 400), place);
  }

  zoom(direction: 1 | -1): void {
    this.view = zoomAt(this.view, this.size, ZOOM_STEP ** direction, this.middle);
  }

  whole(): void {
    this.view = WHOLE;
  }

  /** Arrows move, + and − enlarge, 0 shows the whole plane. @returns whether the key was for the map */
  key(key: string, isFine: boolean): boolean {
    const step = isFine ? KEY_PX / 4 : KEY_PX;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [step, 0],
      ArrowRight: [-step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    };
    const move = moves[key];
    if (move) this.view = panBy(this.view, this.size, ...move);
    else if (key === '+' || key === '=') this.zoom(1);
    else if (key === '-') this.zoom(-1);
    else if (key === '0') this.whole();
    else return false;
    return true;
  }

  get middle(): Place {
    return { x: this.size.width / 2, y: this.size.height / 2 };
  }

  #point(place: Place): AffectPoint {
    return toPoint(this.view, this.size, place);
  }

  /** Two fingers: their middle moves the map, their distance enlarges it. */
  #pinch(before: Place, now: Place, other: Place): void {
    this.#isDrag = true;
    this.line = [];
    const spread = (at: Place) => Math.max(20, Math.hypot(at.x - other.x, at.y - other.y));
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const panned = panBy(this.view, this.size, (now.x - before.x) / 2, (now.y - before.y) / 2);
    this.view = zoomAt(panned, this.size, spread(now) / spread(before), middle);
  }
}
