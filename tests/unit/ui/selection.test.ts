import { describe, expect, it } from 'vitest';
import type { TrackId } from '../../../src/core/units';
import { SongSelection } from '../../../src/ui/library/selection.svelte';

const order = ['a', 'b', 'c', 'd', 'e'] as TrackId[];
const [a, b, c, d, e] = order as [TrackId, TrackId, TrackId, TrackId, TrackId];
const chosen = (selection: SongSelection) => [...selection.ids].sort().join('');

describe('SongSelection', () => {
  it('toggles one by one', () => {
    const selection = new SongSelection();
    for (const id of [a, b, a]) selection.toggle(id);
    expect([chosen(selection), selection.size, selection.has(a), selection.has(b)]).toEqual(['b', 1, false, true]);
  });
  it('extends from the song chosen last, in both directions, and keeps what was chosen', () => {
    const selection = new SongSelection();
    selection.toggle(d);
    selection.extendTo(b, order);
    expect(chosen(selection)).toBe('bcd');
    selection.extendTo(e, order);
    expect(chosen(selection)).toBe('bcde');
  });
  it('begins a range where there is nothing to extend', () => {
    const selection = new SongSelection();
    selection.extendTo(c, order);
    selection.extendTo(e, order);
    expect(chosen(selection)).toBe('cde');
    selection.replace([a]);
    selection.extendTo('gone' as TrackId, order);
    expect(selection.has(a)).toBe(true);
  });
  it('never changes a set it has handed out', () => {
    const selection = new SongSelection();
    selection.replace([a, b]);
    const before = selection.ids;
    selection.drop([a]);
    selection.add([e]);
    selection.clear();
    expect([...before]).toEqual([a, b]);
    expect(selection.size).toBe(0);
  });
});
