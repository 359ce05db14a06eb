import { expect, test } from 'vitest';
import { describeTrack } from '../../../../src/library/tags/describeTrack';
import { parseFileName } from '../../../../src/library/tags/parseFileName';
import { NOTHING_STATED } from '../../../../src/core/music';

const NOTHING = { artist: null, album: null, discNumber: null, trackNumber: null };

test.each([
  ['Album/01 - Ines Varga - Harbour.mp3', { title: 'Harbour', artist: 'Ines Varga', trackNumber: 1 }],
  ['Ines Varga - Harbour.ogg', { title: 'Harbour', artist: 'Ines Varga' }],
  ['Ines Varga – Harbour (live).flac', { title: 'Harbour (live)', artist: 'Ines Varga' }],
  ['01 Harbour.flac', { title: 'Harbour', trackNumber: 1 }],
  ['7. Harbour.mp3', { title: 'Harbour', trackNumber: 7 }],
  ['(12) Harbour.mp3', { title: 'Harbour', trackNumber: 12 }],
  ['12) Harbour.mp3', { title: 'Harbour', trackNumber: 12 }],
  ['07_Harbour_Lights.wav', { title: 'Harbour Lights', trackNumber: 7 }],
  ['ines_varga_-_harbour.mp3', { title: 'harbour', artist: 'ines varga' }],
  ['1-03 Harbour.m4a', { title: 'Harbour', discNumber: 1, trackNumber: 3 }],
  ['2 - Harbour.mp3', { title: 'Harbour', trackNumber: 2 }],
  ['Ines Varga - Tides - 04 - Harbour.mp3', { title: 'Harbour', artist: 'Ines Varga', album: 'Tides', trackNumber: 4 }],
  ['Ines Varga - 04 - Harbour.mp3', { title: 'Harbour', artist: 'Ines Varga', trackNumber: 4 }],
  ['Ines Varga - Harbour - Remix.mp3', { title: 'Harbour - Remix', artist: 'Ines Varga' }],
  ['99 Luftballons.mp3', { title: '99 Luftballons' }],
  ['50 Cent - In Da Club.mp3', { title: 'In Da Club', artist: '50 Cent' }],
  ['1979.mp3', { title: '1979' }],
  ['4-33.ogg', { title: '4-33' }],
  ['AC-DC.mp3', { title: 'AC-DC' }],
  ['05 夜に駆ける.mp3', { title: '夜に駆ける', trackNumber: 5 }],
  ['Кино - Группа крови.mp3', { title: 'Группа крови', artist: 'Кино' }],
  ['v1.2/take.3.wav', { title: 'take.3' }],
  ['plain', { title: 'plain' }],
  ['.mp3', { title: '.mp3' }],
  ['a/ .mp3', { title: '.mp3' }],
  ['01.mp3', { title: '01' }],
  [' - .mp3', { title: '-' }],
  ['', { title: 'Untitled' }],
])('%j', (path, said) => {
  expect(parseFileName(path)).toEqual({ ...NOTHING, ...said });
});

const TAGS = { title: null, albumArtist: null, genre: null, year: null, stated: NOTHING_STATED, duration: null, ...NOTHING };

test('tags go first; a name that contradicts the title tells nothing', () => {
  expect(describeTrack(TAGS, '01 - A - B.mp3')).toMatchObject({ title: 'B', artist: 'A', trackNumber: 1 });
  expect(describeTrack({ ...TAGS, title: 'b' }, 'A - B.mp3')).toMatchObject({ title: 'b', artist: 'A' });
  expect(describeTrack({ ...TAGS, title: 'C' }, 'A - B.mp3')).toMatchObject({ title: 'C', artist: null });
  expect(describeTrack({ ...TAGS, artist: 'X' }, 'A - B.mp3')).toMatchObject({ title: 'B', artist: 'X' });
});
