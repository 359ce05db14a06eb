import { describe, expect, it } from 'vitest';
import { curveLine, shownBeats, timeAt, weightBands } from '../../../../src/ui/song/curve/curveChart';
import { featureLines } from '../../../../src/ui/song/measured/featureLines';
import { tagLines } from '../../../../src/ui/song/mood/tagLines';
import { frequencyTicks, levelAt, melOf, spectrogramPixels } from '../../../../src/ui/song/sound/spectrogramPicture';
import { likeness } from '../../../../src/ui/song/words/likeness';
import { lineAt } from '../../../../src/ui/song/words/lyricsAt';
import { makeDetail, makeRows } from '../../../support/uiFixtures';

const curve = [
  { at: 0, valence: 1, arousal: -1, weight: 0.1 },
  { at: 10, valence: 0, arousal: 0, weight: 0.3 },
];

describe('curveChart', () => {
  it('shades what decided, and nothing when all passages weigh the same', () => {
    expect(weightBands(curve, 40)).toEqual([
      { from: 0, width: 0.25, strength: 0 },
      { from: 0.25, width: 0.75, strength: 1 },
    ]);
    expect(
      weightBands(
        curve.map((point) => ({ ...point, weight: 0.5 })),
        40,
      ),
    ).toEqual([]);
    expect(weightBands([], 40)).toEqual([]);
  });
  it('draws values at the middle of their passages, from edge to edge', () => {
    expect(curveLine(curve, 40, (p) => p.valence)).toBe('0,0.0 125.0,0.0 625.0,100.0 1000,100.0');
    expect(curveLine([], 40, (p) => p.valence)).toBe('');
  });
  it('reads times inside the song and thins beats', () => {
    expect([timeAt(50, 100, 40), timeAt(-5, 100, 40), timeAt(500, 100, 40), timeAt(5, 0, 40)]).toEqual([20, 0, 40, 0]);
    expect(shownBeats(Float32Array.from([0, 1, 2, 3, 4]), 3)).toEqual([0, 2, 4]);
    expect(shownBeats(new Float32Array(0), 3)).toEqual([]);
  });
});

describe('spectrogramPicture', () => {
  const spectrogram = { bands: 2, columns: 2, lowest: 0, highest: 8000, levels: Uint8Array.from([255, 0, 0, 51]) };
  it('puts low bands at the bottom', () => {
    const pixels = spectrogramPixels(spectrogram, [1, 2, 3]);
    expect([...pixels.slice(8, 12)]).toEqual([1, 2, 3, 255]);
    expect(pixels[3]).toBe(0);
    expect(pixels[7]).toBe(10);
  });
  it('is linear to 1 kHz and puts ticks in order', () => {
    expect(melOf(1000)).toBe(15);
    expect(melOf(500)).toBe(7.5);
    expect(melOf(6400)).toBeCloseTo(42);
    const ups = frequencyTicks(spectrogram).map(({ up }) => up);
    expect(ups).toEqual([...ups].sort((a, b) => a - b));
    expect(frequencyTicks({ ...spectrogram, highest: 0 })).toEqual([]);
  });
  it('tells level and frequency at a place', () => {
    expect(levelAt(spectrogram, 0, 0)).toEqual({ decibel: 0, hertz: 0 });
    expect(levelAt(spectrogram, 0.99, 1)?.decibel).toBeCloseTo(-64);
    expect(levelAt(spectrogram, 0.99, 1)?.hertz).toBeCloseTo(8000);
    expect(levelAt({ ...spectrogram, columns: 0 }, 0, 0)).toBeNull();
  });
});

describe('words and figures', () => {
  const [row] = makeRows(1);
  it('says every feature with its unit, in words and with its meaning', () => {
    const { analysis } = row ?? {};
    if (!row || !analysis) throw new Error('the first invented song is analysed');
    const lines = featureLines(analysis, makeDetail(row));
    expect(lines.map(({ value }) => value).join(' ')).toMatch(/bpm.*%.*a second.*LUFS.*LU.*dBTP.*(major|minor).*Hz.*%/);
    for (const { words, meaning } of lines) expect([words, meaning]).not.toContain('');
    expect(featureLines({ ...analysis, tempo: 80, tempoConfidence: 0.3 }, null)[0]?.words).toContain('160 bpm');
  });
  it('leaves out tags that say nothing', () => {
    if (!row) throw new Error('there is a song');
    const bare = tagLines({ ...row.track, album: null, year: null, genre: null, trackNumber: null });
    expect(bare).toEqual([]);
    const full = tagLines({
      ...row.track,
      stated: { ...row.track.stated, replayGain: { trackGain: -6.04, trackPeak: null, albumGain: 1.5, albumPeak: null } },
    }).map(({ value }) => value);
    expect(full).toEqual(expect.arrayContaining(['−6.0 dB', '+1.5 dB']));
  });
  it('follows the words of a song', () => {
    const lines = [0, 5, null, 9].map((at) => ({ at, text: 'x' }));
    expect([lineAt(lines, -1), lineAt(lines, 0), lineAt(lines, 6), lineAt(lines, 99)]).toEqual([-1, 0, 1, 3]);
    expect(lineAt([{ at: null, text: 'x' }], 3)).toBe(-1);
  });
  it('puts likeness in words, from twin to little', () => {
    expect([0.95, 0.8, 0.6, 0.1].map(likeness)).toEqual(['song.likeTwin', 'song.likeMuch', 'song.likeSome', 'song.likeLittle']);
  });
});
