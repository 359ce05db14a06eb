import { describe, expect, it } from 'vitest';
import type { Track } from '../../../../src/core/music';
import type { LibraryRow } from '../../../../src/stores/contracts';
import { albumKey, albumsOf } from '../../../../src/ui/library/albums/albumsOf';
import { makeRows } from '../../../support/uiFixtures';

const [sample] = makeRows(1);
const row = (track: Partial<Track>): LibraryRow => ({
  ...sample!,
  track: { ...sample!.track, albumArtist: null, discNumber: null, trackNumber: null, year: null, ...track },
});

describe('albumsOf', () => {
  it('keeps a sampler whole and two albums of one name apart', () => {
    const albums = albumsOf([
      row({ album: 'Hits', artist: 'A', path: 'sampler/1.mp3' }),
      row({ album: 'HITS', artist: 'B', path: 'sampler/2.mp3', year: 2001 }),
      row({ album: 'Hits', artist: 'Z', albumArtist: 'Zed', path: 'zed/1.mp3', year: 1990 }),
      row({ album: null, path: 'alone.mp3' }),
    ]);
    expect(albums.map(({ title, artist, year, rows }) => [title, artist, year, rows.length])).toEqual([
      ['Hits', null, 2001, 2],
      ['Hits', 'Zed', 1990, 1],
    ]);
  });

  it('puts songs in the order of discs and tracks, unnumbered ones last', () => {
    const tracks = [
      { discNumber: 2, trackNumber: 1, title: 'd' },
      { trackNumber: null, title: 'c' },
      { trackNumber: 2, title: 'b' },
      { discNumber: 1, trackNumber: 1, title: 'a' },
    ];
    const [album] = albumsOf(tracks.map((track) => row({ album: 'X', path: 'x/y.mp3', ...track })));
    expect(album?.rows.map(({ track }) => track.title).join('')).toBe('abcd');
  });

  it('has no key for a song on no album', () => {
    expect(albumKey({ album: null, albumArtist: 'A', path: 'a.mp3' })).toBeNull();
  });
});
