import type { Track } from '../../core/music';

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim();

/**
 * A playlist that other players open: extended M3U in UTF-8, one path a song as it lies below the imported folder, so that the file
 * belongs beside that folder. Lengths are whole seconds, −1 where none is known, as players expect.
 */
export function writeM3u8(tracks: readonly Pick<Track, 'title' | 'artist' | 'duration' | 'path'>[]): string {
  const songs = tracks.map(({ title, artist, duration, path }) => {
    const name = oneLine(artist ? `${artist} - ${title}` : title);
    return `#EXTINF:${duration === null ? -1 : Math.round(duration)},${name}\n${oneLine(path)}\n`;
  });
  return `#EXTM3U\n${songs.join('')}`;
}
