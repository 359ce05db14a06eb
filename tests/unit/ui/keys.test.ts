import { describe, expect, it } from 'vitest';
import { NO_MEMORY, readKey, type KeyPress } from '../../../src/ui/keys/keymap';
import { hashOf, parseRoute, screenOf } from '../../../src/ui/route/route';
import type { TrackId } from '../../../src/core/units';

const press = (key: string, rest: Partial<KeyPress> = {}): KeyPress => ({
  key,
  shift: false,
  modified: false,
  commanded: false,
  focus: 'page',
  at: 0,
  ...rest,
});
const command = (key: string, rest: Partial<KeyPress> = {}) => readKey(press(key, rest), NO_MEMORY).command;

describe('readKey', () => {
  it('knows the keys of the player', () => {
    expect(command(' ')).toEqual({ kind: 'toggle-play' });
    expect(command('ArrowLeft')).toEqual({ kind: 'seek', by: -5 });
    expect(command('ArrowRight', { shift: true })).toEqual({ kind: 'next' });
    expect(command('ArrowUp')).toEqual({ kind: 'volume', by: 0.05 });
    expect([command('l'), command('D')]).toEqual([{ kind: 'like' }, { kind: 'dislike' }]);
  });
  it('maps 1 to 8 on feelings and nothing else', () => {
    expect(command('1')).toEqual({ kind: 'feel', mood: 'happiness' });
    expect(command('8')).toEqual({ kind: 'feel', mood: 'surprise' });
    expect([command('9'), command('0'), command('x')]).toEqual([null, null, null]);
  });
  it('searches with Control or Meta and K, also while typing', () => {
    expect(command('k', { modified: true, commanded: true })).toEqual({ kind: 'search' });
    expect(command('K', { modified: true, commanded: true, focus: 'typing' })).toEqual({ kind: 'search' });
    expect(command('k', { modified: true })).toBeNull();
    expect(command('l', { modified: true, commanded: true })).toBeNull();
  });
  it('leaves single letters, digits and signs alone when they are switched off', () => {
    const off = (key: string, rest: Partial<KeyPress> = {}) => readKey(press(key, rest), NO_MEMORY, false).command;
    expect(['l', 'D', '1', '/', '?', 'g'].map((key) => off(key))).toEqual([null, null, null, null, null, null]);
    expect(off(' ')).toEqual({ kind: 'toggle-play' });
    expect(off('ArrowLeft')).toEqual({ kind: 'seek', by: -5 });
    expect(off('k', { modified: true, commanded: true })).toEqual({ kind: 'search' });
    const { memory } = readKey(press('Escape', { at: 10 }), NO_MEMORY, false);
    expect(readKey(press('Escape', { at: 300 }), memory, false).command).toEqual({ kind: 'stop-sensing' });
  });
  it('goes with G and a letter, within its time', () => {
    const { memory, command: first } = readKey(press('g', { at: 100 }), NO_MEMORY);
    expect(first).toBeNull();
    expect(readKey(press('l', { at: 400 }), memory).command).toEqual({ kind: 'go', screen: 'library' });
    expect(readKey(press('l', { at: 5000 }), memory).command).toEqual({ kind: 'like' });
    expect(readKey(press('x', { at: 400 }), memory).command).toBeNull();
  });
  it('stops sensing on two Escapes, also while typing, and not on one', () => {
    const { memory, command: first } = readKey(press('Escape', { at: 10, focus: 'typing' }), NO_MEMORY);
    expect(first).toBeNull();
    expect(readKey(press('Escape', { at: 300, focus: 'typing' }), memory).command).toEqual({ kind: 'stop-sensing' });
    expect(readKey(press('Escape', { at: 3000 }), memory).command).toBeNull();
  });
  it('leaves typing and the browser’s own keys alone, and arrows to controls', () => {
    expect([
      command('l', { focus: 'typing' }),
      command(' ', { focus: 'control' }),
      command('ArrowUp', { focus: 'control' }),
      command('l', { modified: true }),
    ]).toEqual([null, null, null, null]);
    expect(command('/', { focus: 'control' })).toEqual({ kind: 'search' });
  });
});

describe('route', () => {
  it('reads what it writes', () => {
    const route = { name: 'song', trackId: 'a/b %?' as TrackId } as const;
    expect(parseRoute(hashOf(route))).toEqual(route);
    expect(screenOf(route)).toBe('library');
  });
  it('leads anything unknown to Now and survives a stray percent sign', () => {
    expect(['', '#/', '#/nonsense', '#/song'].map((hash) => parseRoute(hash).name)).toEqual(['now', 'now', 'now', 'now']);
    expect(parseRoute('#/song/100%')).toEqual({ name: 'song', trackId: '100%' });
    expect(parseRoute('#/lab')).toEqual({ name: 'lab' });
  });
});
