import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TextInbox } from '../../../../src/modalities/text/inbox';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

let now = 0;
const entry = { at: 5, text: 'Hello' };

test('a frame at once, one for every change, and with something written one every two seconds', async () => {
  const inbox = new TextInbox(() => ++now);
  const controller = new AbortController();
  const frames = inbox.frames(controller.signal);
  expect((await frames.next()).value).toMatchObject({ value: { written: [] } });
  const second = frames.next();
  await vi.advanceTimersByTimeAsync(60_000);
  inbox.put([entry]);
  expect((await second).value).toMatchObject({ value: { written: [entry] } });
  const third = frames.next();
  await vi.advanceTimersByTimeAsync(2000);
  expect((await third).value).toMatchObject({ value: { written: [entry] } });
  expect(vi.getTimerCount()).toBe(0);
});

test('it ends when it is told to, and leaves no timer behind', async () => {
  const inbox = new TextInbox(() => 1);
  const controller = new AbortController();
  inbox.put([entry]);
  const frames = inbox.frames(controller.signal);
  await frames.next();
  const next = frames.next();
  controller.abort();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(vi.getTimerCount()).toBe(0);
});

test('what is written while it is off is there when it is switched on', async () => {
  const inbox = new TextInbox(() => 1);
  inbox.put([entry]);
  expect((await inbox.frames(new AbortController().signal).next()).value).toMatchObject({ value: { written: [entry] } });
});
