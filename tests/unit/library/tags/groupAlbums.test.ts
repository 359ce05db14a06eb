import { expect, test } from 'vitest';
import { NOTHING_STATED, type Track } from '../../../../src/core/music';
import { groupAlbums } from '../../../../src/library/tags/groupAlbums';
import { makeTrack } from '../../storage/rowFixtures';

let n = 0;
const song = (changes: Partial<Track>): Track => makeTrack(n++, { album: 'Tides', ...changes });
const shape = (tracks: readonly Track[]) =>
  groupAlbums(tracks).map(({ title, artist, isCompilation, discs }) => ({
    title,
    artist,
    isCompilation,
    discs: discs.map((disc) => disc.trackIds.length),
  }));

test('songs without an album are in none', () => {
  expect(groupAlbums([song({ album: null })])).toEqual([]);
});

test('an album artist holds an album together, wherever its songs lie and whoever sings', () => {
  const tracks = [
    song({ albumArtist: 'Ines', artist: 'Ines', path: 'a/1.mp3' }),
    song({ albumArtist: 'INES', artist: 'Ines & Bo', path: 'b/2.mp3' }),
  ];
  expect(shape(tracks)).toEqual([{ title: 'Tides', artist: 'Ines', isCompilation: false, discs: [2] }]);
});

test('equal titles of two artists in two folders are two albums', () => {
  const tracks = [song({ artist: 'A', path: 'A/Hits/1.mp3' }), song({ artist: 'B', path: 'B/Hits/1.mp3' })];
  expect(shape(tracks).map(({ artist }) => artist)).toEqual(['A', 'B']);
  expect(shape(tracks.map((track, i) => ({ ...track, path: `${i}.mp3` })))).toHaveLength(2);
});

test('various artists in one folder, or stated as such, are a compilation', () => {
  const various = { title: 'Tides', artist: null, isCompilation: true, discs: [2] };
  expect(shape([song({ artist: 'A', path: 'x/1.mp3' }), song({ artist: 'B', path: 'x/2.mp3' })])).toEqual([various]);
  expect(shape([song({ albumArtist: 'Various Artists', path: 'x/1.mp3' }), song({ albumArtist: 'VA', path: 'y/2.mp3' })])).toEqual([
    various,
  ]);
});

test('discs: by tag, by the title, by the folder; songs in the order of their numbers', () => {
  const tracks = [
    song({ albumArtist: 'A', discNumber: 2, trackNumber: 1 }),
    song({ albumArtist: 'A', album: 'Tides (Disc 1)', trackNumber: 2 }),
    song({ albumArtist: 'A', album: 'Tides CD1', trackNumber: 1, year: 1999, coverId: 'c' }),
  ];
  const [album] = groupAlbums(tracks);
  expect(album).toMatchObject({
    title: 'Tides',
    year: 1999,
    coverId: 'c',
    discs: [{ number: 1, trackIds: [tracks[2]?.id, tracks[1]?.id] }, { number: 2 }],
  });
  expect(
    shape([song({ artist: 'A', path: 'T/CD 1/1.mp3' }), song({ artist: 'A', path: 'T/CD 2/1.mp3', discNumber: 2 })])[0]?.discs,
  ).toEqual([1, 1]);
});

test('one release is one album', () => {
  const stated = { ...NOTHING_STATED, musicBrainz: { recording: null, release: 'r', artist: null } };
  expect(groupAlbums([song({ stated, path: 'a/1.mp3' }), song({ stated, path: 'b/2.mp3', album: 'Tides!' })])).toHaveLength(1);
});

test('100,000 songs in seconds, not minutes', () => {
  const tracks = Array.from({ length: 100_000 }, (_, i) =>
    song({ album: `Album ${i % 9000}`, artist: `Artist ${i % 3000}`, path: `f${i % 9000}/${i}.mp3` }),
  );
  const start = performance.now();
  expect(groupAlbums(tracks)).toHaveLength(9000);
  expect(performance.now() - start).toBeLessThan(3000);
});
