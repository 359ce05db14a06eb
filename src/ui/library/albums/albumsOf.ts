import type { Track } from '../../../core/music';
import type { LibraryRow } from '../../../stores/contracts';
import { foldText } from '../find/foldText';

export interface Album {
  readonly key: string;
  readonly title: string;
  /** null when its songs are by several, or nobody is named. */
  readonly artist: string | null;
  /** Of its earliest song. */
  readonly year: number | null;
  /** By disc and track number; songs without one come last. */
  readonly rows: readonly LibraryRow[];
}

type Sleeve = Pick<Track, 'album' | 'albumArtist' | 'path'>;

/** Tracks never change in place; with 100,000 of them each key is worth making only once. */
const KEYS = new WeakMap<Sleeve, string>();

/**
 * Songs of one album share its title and whose album it is; where nobody says whose, the folder, so that samplers stay whole
 * and two albums of one name stay two. @returns null for songs that are on none
 */
export function albumKey(track: Sleeve): string | null {
  if (track.album === null) return null;
  const known = KEYS.get(track);
  if (known !== undefined) return known;
  const key = makeKey(track.album, track);
  KEYS.set(track, key);
  return key;
}

function makeKey(album: string, { albumArtist, path }: Sleeve): string {
  const owner = albumArtist ?? path.slice(0, path.lastIndexOf('/') + 1);
  return `${foldText(album)}\n${foldText(owner)}`;
}

/** The albums of some songs, by title. */
export function albumsOf(rows: readonly LibraryRow[]): readonly Album[] {
  const groups = new Map<string, LibraryRow[]>();
  for (const row of rows) {
    const key = albumKey(row.track);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([key, group]) => albumOf(key, group)).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function albumOf(key: string, group: readonly LibraryRow[]): Album {
  const artists = new Set(group.map(({ track }) => track.albumArtist ?? track.artist));
  const [artist = null] = artists;
  const years = group.flatMap(({ track }) => track.year ?? []);
  return {
    key,
    title: group[0]?.track.album ?? '',
    artist: artists.size === 1 ? artist : null,
    year: years.length > 0 ? years.reduce((a, b) => Math.min(a, b)) : null,
    rows: [...group].sort((a, b) => placeIn(a) - placeIn(b)),
  };
}

const LAST = 9999;

/** One number for disc and track. */
function placeIn({ track: { discNumber, trackNumber } }: LibraryRow): number {
  return (discNumber ?? 1) * (LAST + 1) + Math.min(LAST, trackNumber ?? LAST);
}
