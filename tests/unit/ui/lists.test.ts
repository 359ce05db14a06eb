import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/stores/contracts';
import { daySlots, mostlyMood, startOfDay } from '../../../src/ui/journal/dayStrip';
import { groupEntries } from '../../../src/ui/journal/groupEntries';
import { seededRandom } from '../../../src/core/random';
import type { LibraryRow } from '../../../src/stores/contracts';
import { albumKey } from '../../../src/ui/library/albums/albumsOf';
import { activeFilters } from '../../../src/ui/library/find/filterWords';
import { foldText } from '../../../src/ui/library/find/foldText';
import { ALL_SONGS, countMoods, moodOfRow, STATUSES, type SongFilter } from '../../../src/ui/library/find/songFilter';
import { listSongs, SongIndex } from '../../../src/ui/library/find/songIndex';
import { SORT_KEYS } from '../../../src/ui/library/find/songSort';
import { queueAround, rowAfterKey } from '../../../src/ui/library/table/rowKeys';
import { visibleRange } from '../../../src/ui/library/table/visibleRange';
import { SONG_MOODS } from '../../../src/ui/words/mood';
import { makeRows } from '../../support/uiFixtures';

const ALL: SongFilter = ALL_SONGS;
const rows = makeRows(200);

describe('listSongs', () => {
  it('finds every word anywhere, without case and accents', () => {
    const found = listSongs(rows, { ...ALL, search: 'FÉRRY  salt' });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((row) => /ferry/i.test(row.track.title) && row.track.album === 'Salt Roads')).toBe(true);
    expect(listSongs(rows, { ...ALL, search: 'zzz' })).toEqual([]);
  });
  it('filters by mood, and the counts agree', () => {
    const counts = countMoods(rows.map(moodOfRow));
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

describe('SongIndex', () => {
  const random = seededRandom(21);
  const some = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const maybe = <T>(value: () => T): T | null => (random() < 0.3 ? value() : null);
  const anyFilter = (): SongFilter => ({
    search: some(['', '', 'ferry', 'salt LIGHT', 'zzz', 'É']),
    mood: maybe(() => some(SONG_MOODS)),
    tempo: maybe(() => ({ from: maybe(() => 80), to: maybe(() => 130) })),
    year: maybe(() => ({ from: 2021, to: maybe(() => 2020) })),
    key: maybe(() => ({ pitchClass: Math.floor(random() * 12), mode: some(['major', 'minor'] as const) })),
    genre: maybe(() => some(['folk', 'none such'])),
    album: maybe(() =>
      some([
        { key: albumKey(rows[0]!.track) ?? '', title: 'One' },
        { key: 'none such', title: 'None such' },
      ]),
    ),
    status: maybe(() => some(STATUSES)),
    rating: maybe(() => some(['like', 'none'] as const)),
    sort: some(SORT_KEYS),
    descending: random() < 0.5,
  });

  it('answers as a fresh one does, through any series of snapshots', () => {
    const index = new SongIndex();
    let rows: readonly LibraryRow[] = makeRows(60);
    for (let step = 0; step < 300; step++) {
      const move = Math.floor(random() * 4);
      const n = Math.floor(random() * rows.length);
      if (move === 0) rows = rows.filter((_, i) => i !== n);
      else if (move === 1) rows = [...rows, ...makeRows(400).slice(80 + step, 81 + step)];
      else if (move === 2)
        rows = rows.map((row, i) => (i === n ? { ...row, track: { ...row.track, title: `Ferry ${step}`, year: 1999 } } : row));
      else rows = rows.map((row, i) => (i === n ? { ...row, analysis: null, rating: 'like' as const } : row));
      index.update(rows);
      if (random() < 0.3) index.prepare(20);
      const filter = anyFilter();
      expect(index.list(filter).map((row) => row.track.id)).toEqual(listSongs(rows, filter).map((row) => row.track.id));
      expect(index.countMoods()).toEqual(countMoods(rows.map(moodOfRow)));
    }
  });

  it('never shows a song that fails a question, and hides none that passes all', () => {
    const byHand = (row: LibraryRow, { mood, tempo, status, search }: SongFilter) =>
      (mood === null || moodOfRow(row) === mood) &&
      (tempo === null ||
        (row.analysis !== null &&
          Math.round(row.analysis.tempo) >= (tempo.from ?? 0) &&
          Math.round(row.analysis.tempo) <= (tempo.to ?? 999))) &&
      (status === null || row.status === status || (status === 'waiting' && row.status === 'analysing')) &&
      (search === '' || row.track.title.toLowerCase().includes(search));
    for (let n = 0; n < 100; n++) {
      const { mood, tempo, status } = anyFilter();
      const filter = { ...ALL, mood, tempo, status, search: some(['', 'ferry']) };
      const expected = rows.filter((row) => byHand(row, filter)).map((row) => row.track.id);
      expect(
        listSongs(rows, filter)
          .map((row) => row.track.id)
          .sort(),
      ).toEqual(expected.sort());
    }
  });

  it('sorts by title as the folded titles do, both ways, whatever the letters', () => {
    const titles = ['Zebra', 'ábc', 'abd', 'abcdefg', 'abcdefh', '東京', 'Ü', 'u', '', 'abcdef'];
    const named = makeRows(titles.length).map((row, i) => ({ ...row, track: { ...row.track, title: titles[i] ?? '' } }));
    const sorted = listSongs(named, { ...ALL, sort: 'title' }).map((row) => foldText(row.track.title));
    expect(sorted).toEqual([...sorted].sort());
    const back = listSongs(named, { ...ALL, sort: 'title', descending: true }).map((row) => foldText(row.track.title));
    expect(back).toEqual([...sorted].reverse());
  });

  it('names what is active and takes it away again', () => {
    const filter: SongFilter = { ...ALL, tempo: { from: 90, to: null }, key: { pitchClass: 9, mode: 'minor' }, rating: 'like' };
    expect(activeFilters(filter).map(({ words }) => words)).toEqual(['Tempo from 90', 'A minor', 'liked']);
    const none = activeFilters(filter).reduce((rest, { field }) => ({ ...rest, [field]: null }), filter);
    expect(activeFilters(none)).toEqual([]);
    expect(activeFilters(ALL)).toEqual([]);
  });
});

describe('keys of the table', () => {
  it('stay inside it', () => {
    expect(['ArrowDown', 'ArrowUp', 'Home', 'End', 'x'].map((key) => rowAfterKey(key, 9, 10))).toEqual([9, 8, 0, 9, null]);
  });
  it('queue what lies around a row', () => {
    const list = Array.from({ length: 5000 }, (_, i) => i);
    for (const row of [0, 5, 199, 201, 4999]) {
      const { part, index } = queueAround(list, row);
      expect(part[index]).toBe(row);
      expect(part.length).toBeLessThanOrEqual(2200);
    }
  });
});
