import type { TrackId } from '../../core/units';
import { hashOf, parseRoute, type Route, type ScreenName } from './route';

/** The address bar is the one source of truth; `App.svelte` calls `read` on hashchange. */
class Router {
  current = $state.raw<Route>(parseRoute(location.hash));
  /** A part that wants the keyboard focus as soon as it is on screen, e.g. after the "/" key. */
  wantedFocus = $state<string | null>(null);

  read(): void {
    this.current = parseRoute(location.hash);
  }

  go(name: ScreenName, focus: string | null = null): void {
    this.wantedFocus = focus;
    location.hash = hashOf({ name });
  }

  openSong(trackId: TrackId): void {
    location.hash = hashOf({ name: 'song', trackId });
  }
}

export const router = new Router();

/** `{@attach focusWhenWanted('search')}`: takes the focus once when the router asks for that name. */
export function focusWhenWanted(name: string): (element: HTMLElement) => void {
  return (element) => {
    if (router.wantedFocus !== name) return;
    router.wantedFocus = null;
    element.focus();
  };
}
