import type { Track } from '../../core/music';
import type { TrackId } from '../../core/units';

export interface Disc {
  /** 1 when the tags name none. */
  readonly number: number;
  /** In the order of the track numbers. */
  readonly trackIds: readonly TrackId[];
}

export interface Album {
  /** Stable as long as the tags are. */
  readonly key: string;
  readonly title: string;
  /** null for a compilation: its songs are by various artists. */
  readonly artist: string | null;
  readonly isCompilation: boolean;
  /** The earliest year that its songs state. */
  readonly year: number | null;
  readonly coverId: string | null;
  readonly discs: readonly Disc[];
}

const VARIOUS = /^(various( artists)?|v\.?\s?a\.?|diverse( interpreten)?|verschiedene( interpreten)?|artistes divers|varios artistas)$/i;
/** "Album (Disc 2)", "Album CD1". */
const DISC_SUFFIX = /\s*[-–,]?\s*[([]?\b(?:disc|disk|cd)\s*(\d{1,2})\b[)\]]?\s*$/i;

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
/** The number of a disc at the end of a name; most names end without a digit and need no search. */
const discIn = (name: string): RegExpExecArray | null => (/\d\W{0,2}$/.test(name) ? DISC_SUFFIX.exec(name) : null);

/** The folder of a song, the folders of single discs left out. */
function folderOf(path: string): string {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return folder.slice(0, discIn(folder)?.index ?? folder.length).replace(/\/$/, '');
}

const { compare } = new Intl.Collator();

interface Member {
  readonly track: Track;
  readonly title: string;
  readonly disc: number;
}

function toMember(track: Track, album: string): Member {
  const [suffix = '', number] = discIn(album) ?? [];
  const title = album.slice(0, album.length - suffix.length).trim() || album;
  return { track, title, disc: track.discNumber ?? (number === undefined ? 1 : Number(number)) };
}

function ownerOf({ albumArtist, artist, path }: Track): string {
  if (albumArtist !== null) return VARIOUS.test(albumArtist) ? 'various' : fold(albumArtist);
  const folder = folderOf(path);
  return folder === '' ? fold(artist ?? '') : `in:${folder}`;
}

/** Songs of one title that belong together: by release id, else by album artist, else by the folder they share. */
function keyOf({ track, title }: Member): string {
  const release = track.stated.musicBrainz?.release ?? null;
  return release === null ? `${ownerOf(track)}|${fold(title)}` : `release:${release}`;
}

const byOrder = (a: Member, b: Member): number =>
  (a.track.trackNumber ?? Infinity) - (b.track.trackNumber ?? Infinity) || (a.track.path < b.track.path ? -1 : 1);

function toDiscs(members: readonly Member[]): readonly Disc[] {
  const discs = new Map<number, Member[]>();
  for (const member of members) {
    const on = discs.get(member.disc);
    if (on) on.push(member);
    else discs.set(member.disc, [member]);
  }
  return [...discs.entries()]
    .sort(([a], [b]) => a - b)
    .map(([number, on]) => ({ number, trackIds: on.sort(byOrder).map(({ track }) => track.id) }));
}

function toAlbum(key: string, members: readonly [Member, ...Member[]]): Album {
  const stated = members.map(({ track }) => track.albumArtist).find((artist) => artist !== null) ?? null;
  const artists = new Map(members.map(({ track }) => [fold(track.artist ?? ''), track.artist]));
  const isCompilation = stated === null ? artists.size > 1 : VARIOUS.test(stated);
  const years = members.flatMap(({ track }) => track.year ?? []);
  return {
    key,
    title: members[0].title,
    artist: isCompilation ? null : (stated ?? members[0].track.artist),
    isCompilation,
    year: years.length > 0 ? Math.min(...years) : null,
    coverId: members.find(({ track }) => track.coverId !== null)?.track.coverId ?? null,
    discs: toDiscs(members),
  };
}

/**
 * Albums of a library, by title; songs without an album are in none. Songs of an album artist belong together wherever they lie; songs
 * without one belong together within a folder ("Disc 1" and "CD 2" folders count as one), so that two artists' "Greatest Hits" stay two.
 */
export function groupAlbums(tracks: readonly Track[]): readonly Album[] {
  const groups = new Map<string, [Member, ...Member[]]>();
  for (const track of tracks) {
    if (track.album === null) continue;
    const member = toMember(track, track.album);
    const key = keyOf(member);
    const group = groups.get(key);
    if (group) group.push(member);
    else groups.set(key, [member]);
  }
  return [...groups.entries()]
    .map(([key, members]) => toAlbum(key, members))
    .sort((a, b) => compare(a.title, b.title) || (a.key < b.key ? -1 : 1));
}
