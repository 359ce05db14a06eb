import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/stores/contracts';
import { daySlots, mostlyMood, startOfDay } from '../../../src/ui/journal/dayStrip';
import { groupEntries } from '../../../src/ui/journal/groupEntries';
import { countMoods, listSongs, moodOfRow, SORT_KEYS, type SongFilter } from '../../../src/ui/library/find/songList';
import { visibleRange } from '../../../src/ui/library/table/visibleRange';
import { makeRows } from '../../support/uiFixtures';

const ALL: SongFilter = { search: '', mood: null, sort: 'added', descending: false };
const rows = makeRows(200);

describe('listSongs', () => {
  it('finds every word anywhere, without case and accents', () => {
    const found = listSongs(rows, { ...ALL, search: 'FÉRRY  salt' });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((row) => /ferry/i.test(row.track.title) && row.track.album === 'Salt Roads')).toBe(true);
    expect(listSongs(rows, { ...ALL, search: 'zzz' })).toEqual([]);
  });
  it('filters by mood, and the counts agree', () => {
    const counts = countMoods(rows);
    expect(listSongs(rows, { ...ALL, mood: 'calm' })).toHaveLength(counts.calm);
    expect(Object.values(counts).reduce((a, b) => a + b)).toBe(rows.filter((row) => row.analysis).length);
  });
  it('sorts by every column, rows without a value last in both directions', () => {
    for (const sort of SORT_KEYS) expect(listSongs(rows, { ...ALL, sort })).toHaveLength(200);
    for (const descending of [false, true]) {
      const tempos = listSongs(rows, { ...ALL, sort: 'tempo', descending }).map((row) => row.analysis?.tempo ?? null);
      const known = tempos.filter((tempo) => tempo !== null);
      expect(tempos.slice(0, known.length)).toEqual([...known].sort((a, b) => (descending ? b - a : a - b)));
    }
  });
  it('gives unanalysed rows no mood', () => {
    expect(
      rows
        .filter((row) => !row.analysis)
        .map(moodOfRow)
        .every((mood) => mood === null),
    ).toBe(true);
  });
  it('lists 10,000 songs fast enough to type', () => {
    const many = makeRows(10_000);
    listSongs(many, { ...ALL, search: 'a' });
    const start = performance.now();
    listSongs(many, { ...ALL, search: 'ferry' });
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('visibleRange', () => {
  it('covers the window with some rows more', () => {
    expect(visibleRange(5200, 800, 52, 10_000)).toEqual({ first: 92, end: 124 });
    expect(visibleRange(-300, 800, 52, 10_000)).toEqual({ first: 0, end: 18 });
  });
  it('stays within the list', () => {
    expect(visibleRange(1e9, 800, 52, 100)).toEqual({ first: 100, end: 100 });
    expect(visibleRange(0, 800, 52, 0)).toEqual({ first: 0, end: 0 });
    expect(visibleRange(-5000, 800, 52, 100)).toEqual({ first: 0, end: 0 });
  });
});

describe('journal', () => {
  const mood = (at: number, label: string, simulated = false): JournalEntry => ({
    at,
    kind: 'mood',
    point: { valence: 0.2, arousal: at / 1e7 },
    label,
    trackId: null,
    simulated,
  });
  it('joins neighbouring readings of one mood, but not over a gap or the simulator', () => {
    const entries = [
      mood(5_000_000, 'neutral'),
      mood(4_990_000, 'neutral'),
      mood(4_980_000, 'happiness'),
      mood(4_970_000, 'happiness', true),
      mood(1_000_000, 'happiness', true),
    ];
    expect(groupEntries(entries).map(({ from, count }) => [from, count])).toEqual([
      [4_990_000, 2],
      [4_980_000, 1],
      [4_970_000, 1],
      [1_000_000, 1],
    ]);
    expect(groupEntries([])).toEqual([]);
  });
  it('averages per slot and leaves gaps out', () => {
    const slots = daySlots([mood(0, 'a'), mood(1000, 'a'), mood(86_399_999, 'a', true), mood(-1, 'a'), mood(86_400_000, 'a')], 0, 96);
    expect(slots.map(({ index, simulated }) => [index, simulated])).toEqual([
      [0, false],
      [95, true],
    ]);
    expect(slots[0]?.point.arousal).toBeCloseTo(0.00005, 9);
  });
  it('names the mood of more than half of five readings or more', () => {
    const happy = { valence: 0.5, arousal: 0.6 };
    const sad = { valence: -0.6, arousal: -0.5 };
    expect(mostlyMood([happy, happy, happy, sad, sad])).toBe('happiness');
    expect(mostlyMood([happy, happy, sad, sad, { valence: 0.6, arousal: -0.6 }])).toBeNull();
    expect(mostlyMood([happy, happy])).toBeNull();
    expect(new Date(startOfDay(1_700_000_000_000)).getHours()).toBe(0);
  });
});
