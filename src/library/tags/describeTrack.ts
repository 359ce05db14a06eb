import type { TrackTags } from '../libraryWork';
import { parseFileName } from './parseFileName';

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Tags filled up from the name of the file where they are silent and the name does not contradict them. */
export function describeTrack(tags: TrackTags, path: string): TrackTags & { readonly title: string } {
  const named = parseFileName(path);
  const { title, artist, album, trackNumber, discNumber } = tags;
  if (title === null) {
    const told = { ...tags, title: named.title, artist: artist ?? named.artist, album: album ?? named.album };
    return { ...told, trackNumber: trackNumber ?? named.trackNumber, discNumber: discNumber ?? named.discNumber };
  }
  // "Artist - Title" beside a stated title tells the artist only when the titles agree.
  return { ...tags, title, artist: artist ?? (isSame(title, named.title) ? named.artist : null) };
}
