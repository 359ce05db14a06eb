import type { TrackId } from '../../core/units';

export const SCREENS = ['now', 'library', 'playlists', 'journal', 'lab', 'settings'] as const;
export type ScreenName = (typeof SCREENS)[number];
export type Route = { readonly name: ScreenName } | { readonly name: 'song'; readonly trackId: TrackId };

/** "#/song/abc" → the song page; anything unknown leads to Now. */
export function parseRoute(hash: string): Route {
  const [name, id] = hash.replace(/^#\/?/, '').split('/');
  if (name === 'song' && id) return { name, trackId: decode(id) as TrackId };
  return { name: SCREENS.find((screen) => screen === name) ?? 'now' };
}

export function hashOf(route: Route): string {
  return route.name === 'song' ? `#/song/${encodeURIComponent(route.trackId)}` : `#/${route.name}`;
}

/** The rail's entry for a route: a song belongs to the library. */
export function screenOf(route: Route): ScreenName {
  return route.name === 'song' ? 'library' : route.name;
}

/** A hand-typed address may carry a stray percent sign; then it is taken as it is. */
function decode(text: string): string {
  return /%(?![0-9a-f]{2})/i.test(text) ? text : decodeURIComponent(text);
}
