import { describe, expect, it } from 'vitest';
import { writeM3u8 } from '../../../../src/ui/playlist/m3u8';

describe('writeM3u8', () => {
  it('writes a head, and length, name and path of each song', () => {
    const tracks = [
      { title: 'Ferry', artist: 'Ána', duration: 61.6, path: 'Ána/Salt Roads/01 Ferry.flac' },
      { title: 'Two\nlines', artist: null, duration: null, path: 'two.mp3' },
    ];
    expect(writeM3u8(tracks)).toBe('#EXTM3U\n#EXTINF:62,Ána - Ferry\nÁna/Salt Roads/01 Ferry.flac\n#EXTINF:-1,Two lines\ntwo.mp3\n');
    expect(writeM3u8([])).toBe('#EXTM3U\n');
  });
});
