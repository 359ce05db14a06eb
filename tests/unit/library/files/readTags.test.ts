import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NOTHING_STATED } from '../../../../src/core/music';
import { readTags } from '../../../../src/library/files/readTags';
import { id3Length } from '../../../../src/library/files/sniffFormat';
import { id3Tag, id3v1Tag, pictureFrame, textFrame, userFrame, type Frame } from '../../../support/id3';

const fixture = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, '../../../fixtures/audio', name)));
const bare = fixture('tune.mp3').subarray(id3Length(fixture('tune.mp3')));
const tagged = (frames: readonly Frame[], claimed?: number) => new Blob([id3Tag(frames, claimed), bare]);

describe('readTags', () => {
  test.each([
    ['tune.mp3', 'audio/mpeg'],
    ['tune.m4a', 'audio/mp4'],
    ['tune.flac', 'audio/flac'],
    ['tune.ogg', 'audio/ogg'],
    ['tune.opus', 'audio/ogg'],
  ])('%s', async (name, mimeType) => {
    const { tags } = await readTags(new Blob([fixture(name)]), mimeType);
    expect(tags).toMatchObject({ title: `Tune in ${name.split('.')[1] ?? ''}`, artist: 'SyncIn', album: 'Fixtures' });
  });

  test('numbers and cover', async () => {
    const picture = Uint8Array.of(137, 80, 78, 71);
    const frames = [textFrame('TYER', '1998'), textFrame('TRCK', '7/12'), textFrame('TCON', 'Jazz'), pictureFrame(picture)];
    const reading = await readTags(tagged(frames), 'audio/mpeg');
    expect(reading.tags).toMatchObject({ year: 1998, trackNumber: 7, genre: 'Jazz' });
    expect(reading.picture).toEqual(picture);
  });

  test('texts are cut to one clean line', async () => {
    const { tags } = await readTags(tagged([textFrame('TIT2', `a\nb\t${'x'.repeat(5000)}`), textFrame('TPE1', '  \n ')]), 'audio/mpeg');
    expect(tags.title).toHaveLength(300);
    expect(tags.title?.startsWith('a b x')).toBe(true);
    expect(tags.artist).toBeNull();
  });

  test('nonsense years and numbers are left out', async () => {
    const { tags } = await readTags(tagged([textFrame('TYER', '99999'), textFrame('TRCK', '-4')]), 'audio/mpeg');
    expect(tags).toMatchObject({ year: null, trackNumber: null });
  });

  test('album artist, disc, tempo, key, ReplayGain, MusicBrainz and several genres', async () => {
    const recording = '8f3471b5-7e6a-48da-86a9-c1c07a0f47ae';
    const frames = [
      textFrame('TPE2', 'Various Artists'),
      textFrame('TPOS', '2/3'),
      textFrame('TBPM', '127.5'),
      textFrame('TKEY', 'F#m'),
      textFrame('TCON', 'Jazz; Funk/Soul;jazz'),
      userFrame('REPLAYGAIN_TRACK_GAIN', '-6.50 dB'),
      userFrame('replaygain_track_peak', '0.988'),
      userFrame('replaygain_album_gain', '-7,25dB'),
      userFrame('MusicBrainz Album Id', recording.toUpperCase()),
      userFrame('MusicBrainz Artist Id', 'not an id'),
    ];
    const { tags } = await readTags(tagged(frames), 'audio/mpeg');
    expect(tags).toMatchObject({ albumArtist: 'Various Artists', discNumber: 2, genre: 'Jazz' });
    expect(tags.stated).toEqual({
      tempo: 127.5,
      key: { pitchClass: 6, mode: 'minor' },
      genres: ['Jazz', 'Funk', 'Soul'],
      replayGain: { trackGain: -6.5, trackPeak: 0.988, albumGain: -7.25, albumPeak: null },
      musicBrainz: { recording: null, release: recording, artist: null },
    });
  });

  test('nonsense statements are left out', async () => {
    const frames = [textFrame('TBPM', '0'), textFrame('TKEY', 'o'), userFrame('replaygain_track_gain', 'loud'), textFrame('TCON', ' ; ')];
    expect((await readTags(tagged(frames), 'audio/mpeg')).tags.stated).toEqual(NOTHING_STATED);
  });

  test('ID3v1 in the encodings of its time', async () => {
    const sakura = [0x82, 0xb3, 0x82, 0xad, 0x82, 0xe7];
    const kino = [0xca, 0xe8, 0xed, 0xee];
    const { tags } = await readTags(new Blob([bare, id3v1Tag(sakura, kino, 5)]), 'audio/mpeg');
    expect(tags).toMatchObject({ title: 'さくら', artist: 'Кино', trackNumber: 5 });
  });

  test('UTF-16 frames are what they are', async () => {
    const body = Uint8Array.of(1, 0xff, 0xfe, 0x1a, 0x04, 0x38, 0x04); // UTF-16 LE: two Cyrillic letters
    expect((await readTags(tagged([{ name: 'TIT2', body }]), 'audio/mpeg')).tags.title).toBe('Ки');
  });

  const HOSTILE: Readonly<Record<string, Blob>> = {
    'a tag larger than the file': tagged([textFrame('TIT2', 'x')], 0x0fffffff),
    'a frame larger than its tag': tagged([{ ...textFrame('TIT2', 'x'), size: 0x7fffffff }]),
    'a frame of size 0': tagged([{ name: 'TIT2', body: new Uint8Array(0) }]),
    'no encoding byte that exists': tagged([{ name: 'TIT2', body: Uint8Array.of(77, 255, 254) }]),
    'a picture without an end': tagged([{ name: 'APIC', body: new Uint8Array(40).fill(1) }]),
    'ten thousand frames': tagged(Array.from({ length: 10_000 }, () => textFrame('TXXX', 'y'))),
    zeros: new Blob([new Uint8Array(5000)]),
    nothing: new Blob([]),
  };

  test.each(Object.keys(HOSTILE))('%s ends with an answer', async (name) => {
    for (const mimeType of ['audio/mpeg', 'audio/flac', 'audio/mp4', 'audio/ogg', 'audio/wav']) {
      const { tags } = await readTags(HOSTILE[name] as Blob, mimeType);
      expect(Object.keys(tags)).toHaveLength(10);
    }
  });
});
