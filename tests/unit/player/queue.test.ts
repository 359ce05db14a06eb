import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random';
import type { TrackId } from '../../../src/core/units';
import {
  append,
  back,
  createQueue,
  currentOf,
  EMPTY_QUEUE,
  forward,
  historyOf,
  insertNext,
  insertWanted,
  removeTracks,
  replaceUpcoming,
  upcomingOf,
  type Queue,
  type QueueItem,
} from '../../../src/player/queue';

const item = (id: string): QueueItem => ({ ranked: { trackId: id as TrackId, score: 0, reasons: [] }, playlistId: null, chosenBy: 'user' });
const items = (ids: string) => [...ids].map(item);
const names = (list: readonly QueueItem[]) => list.map(({ ranked }) => ranked.trackId).join('');
const show = (queue: Queue) => `${names(historyOf(queue))}[${currentOf(queue)?.ranked.trackId ?? ''}]${names(upcomingOf(queue))}`;
const ids = (text: string) => new Set([...text] as TrackId[]);

describe('queue', () => {
  it('starts anywhere within the list', () => {
    expect(show(createQueue(items('abc')))).toBe('[a]bc');
    expect(show(createQueue(items('abc'), 1))).toBe('a[b]c');
    expect(show(createQueue(items('abc'), 9))).toBe('ab[c]');
    expect(show(createQueue(items('abc'), Number.NaN))).toBe('[a]bc');
    expect(show(createQueue([]))).toBe('[]');
    expect(show(EMPTY_QUEUE)).toBe('[]');
  });

  it('goes forward past the end and back to the start, never further', () => {
    let queue = createQueue(items('ab'));
    queue = forward(queue);
    expect(show(queue)).toBe('a[b]');
    queue = forward(queue);
    expect(show(queue)).toBe('ab[]');
    expect(show(forward(queue))).toBe('ab[]');
    queue = back(queue);
    expect(show(queue)).toBe('a[b]');
    expect(show(back(back(queue)))).toBe('[a]b');
  });

  it('takes wanted songs after those that were wanted before, ahead of the list', () => {
    const listed = (ids: string) => items(ids).map((one): QueueItem => ({ ...one, chosenBy: 'strategy' }));
    const queue = createQueue([...listed('ab'), ...items('u'), ...listed('c')], 1);
    expect(show(insertWanted(queue, items('xy')))).toBe('a[b]uxyc');
    expect(show(insertWanted(createQueue(items('abc')), items('x')))).toBe('[a]bcx');
    expect(show(insertWanted(createQueue(listed('abc')), items('x')))).toBe('[a]xbc');
    expect(show(insertWanted(EMPTY_QUEUE, []))).toBe('[]');
  });

  it('takes songs in next or last', () => {
    const queue = createQueue(items('abc'), 1);
    expect(show(insertNext(queue, items('xy')))).toBe('a[b]xyc');
    expect(show(append(queue, items('xy')))).toBe('a[b]cxy');
    expect(show(insertNext(EMPTY_QUEUE, items('x')))).toBe('[x]');
  });

  it('goes on with songs appended after the end', () => {
    expect(show(append(forward(createQueue(items('a'))), items('b')))).toBe('a[b]');
  });

  it('replaces only what is to come', () => {
    expect(show(replaceUpcoming(createQueue(items('abcd'), 1), items('xy')))).toBe('a[b]xy');
  });

  it('removes songs without losing its place', () => {
    const queue = createQueue(items('abcde'), 2);
    expect(show(removeTracks(queue, ids('ae')))).toBe('b[c]d');
    expect(show(removeTracks(queue, ids('c')))).toBe('ab[d]e');
    expect(show(removeTracks(queue, ids('cde')))).toBe('ab[]');
    expect(show(removeTracks(queue, ids('abcde')))).toBe('[]');
  });

  it('keeps at most 200 songs of history', () => {
    let queue = createQueue(Array.from({ length: 500 }, (_, i) => item(String(i))));
    for (let i = 0; i < 450; i++) queue = forward(queue);
    expect(historyOf(queue)).toHaveLength(200);
    expect(currentOf(queue)?.ranked.trackId).toBe('450');
  });

  it('keeps its index inside through any series of changes', () => {
    const random = seededRandom(12);
    for (let round = 0; round < 200; round++) {
      let queue = createQueue(items('abcdef'), Math.floor(random() * 6));
      for (let step = 0; step < 20; step++) {
        const change = [
          forward,
          back,
          (q: Queue) => insertNext(q, items('x')),
          (q: Queue) => removeTracks(q, ids('ax')),
          (q: Queue) => append(q, items('y')),
        ];
        queue = change[Math.floor(random() * change.length)]!(queue);
        expect(queue.index).toBeGreaterThanOrEqual(0);
        expect(queue.index).toBeLessThanOrEqual(queue.items.length);
      }
    }
  });
});
