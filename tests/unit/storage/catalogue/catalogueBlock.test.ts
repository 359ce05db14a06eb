import { describe, expect, test } from 'vitest';
import type { Track } from '../../../../src/core/music';
import { seededRandom } from '../../../../src/core/random';
import {
  CATALOGUE_FORMAT,
  idsOfBlock,
  isSound,
  packBlock,
  unpackBlock,
  type CatalogueSong,
} from '../../../../src/storage/catalogue/catalogueBlock';
import { numberAt, packNumbers, packTexts, unpackTexts } from '../../../../src/storage/catalogue/columns';
import { makeAnalysis, makeTrack, trackId } from '../rowFixtures';

/** Songs with every kind of value, and with none. */
function makeSongs(count: number, seed = 3): CatalogueSong[] {
  const random = seededRandom(seed);
  const maybe = <T>(value: T): T | null => (random() < 0.6 ? value : null);
  return Array.from({ length: count }, (_, n) => {
    const sources: Track['source'][] = [
      { kind: 'opfs', key: trackId(n) },
      { kind: 'opfs', key: 'elsewhere' },
      { kind: 'handle', handleId: `h${n % 3}` },
      { kind: 'demo', piece: n % 12 },
    ];
    const track = makeTrack(n, {
      title: ['Ælfgifu', '', '東京の夜', 'a\u0000b', '🎵🎶', 'ordinary'][n % 6] ?? '',
      artist: maybe(`Artist ${n % 4}`),
      albumArtist: maybe('Various'),
      year: maybe(1950 + n),
      trackNumber: maybe(n),
      duration: maybe(random() * 600),
      bytes: Math.floor(random() * 2 ** 33),
      lyrics: (['none', 'plain', 'synced'] as const)[n % 3] ?? 'none',
      coverId: maybe('c'),
      source: sources[n % 4] ?? { kind: 'demo', piece: 0 },
      stated: {
        tempo: maybe(120.5),
        key: maybe({ pitchClass: 3, mode: 'minor' as const }),
        genres: ['folk'],
        replayGain: null,
        musicBrainz: null,
      },
    });
    const { embedding: _e, detail: _d, ...row } = makeAnalysis(n);
    const affect = { valence: random() - 0.5, arousal: 1 / 3, valenceSd: 0.1, arousalSd: 1 };
    return { track, analysis: maybe({ ...row, tempo: random() * 200, affect, key: { ...row.key, mode: 'minor' as const } }) };
  });
}

describe('columns', () => {
  test('texts come back as they were, null apart from the empty one', () => {
    const texts = ['a', null, '', 'a', '\ud83c', 'ü'.normalize('NFD'), null];
    expect(unpackTexts(packTexts(texts))).toEqual(texts);
    expect(unpackTexts(packTexts([]))).toEqual([]);
  });
  test('numbers come back exactly, in the smallest column that holds them', () => {
    const all = (values: readonly (number | null)[]) => values.map((_, row) => numberAt(packNumbers(values), row));
    for (const values of [[1, 2, null], [0.1, 0.2, 1e300], [null, null], [7], [0, -0, 2 ** 40 + 1], []])
      expect(all(values)).toEqual(values);
    expect(packNumbers([3, 3, 3])).toHaveLength(1);
    expect(packNumbers([3, 4, null])).toBeInstanceOf(Float32Array);
    expect(packNumbers([3, 0.1])).toBeInstanceOf(Float64Array);
  });
});

describe('blocks', () => {
  test.each([0, 1, 7, 300])('%d songs come back as they were', (count) => {
    const songs = makeSongs(count);
    const block = structuredClone(packBlock(4, songs));
    expect(isSound(block)).toBe(true);
    expect(unpackBlock(block)).toEqual(songs);
    expect(idsOfBlock(block)).toEqual(songs.map(({ track }) => track.id));
  });
  test('another format and a short column are not sound', () => {
    const block = packBlock(0, makeSongs(5));
    expect(isSound({ ...block, format: CATALOGUE_FORMAT + 1 })).toBe(false);
    expect(isSound({ ...block, songs: 6 })).toBe(false);
    const { tempo: _, ...rest } = block.numbers;
    expect(isSound({ ...block, numbers: rest } as typeof block)).toBe(false);
  });
});
