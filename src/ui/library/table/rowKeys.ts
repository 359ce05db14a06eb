import { tick } from 'svelte';

/** Songs that go into the queue when one of many is played: more would be carried through every change of the queue. */
const BEFORE = 200;
const AFTER = 2000;

/** @returns the row a key leads to from `row`; null for keys that move nothing */
export function rowAfterKey(key: string, row: number, rows: number): number | null {
  const last = rows - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, row + 1);
    case 'ArrowUp':
      return Math.max(0, row - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** The part of a list around a row that is worth queueing, and the row's place in it. */
export function queueAround<T>(list: readonly T[], row: number): { readonly part: readonly T[]; readonly index: number } {
  const first = Math.max(0, row - BEFORE);
  return { part: list.slice(first, row + AFTER), index: row - first };
}

/** The row that holds what has the focus, from 0; -1 when none does. */
export function placeOf(target: EventTarget | null): number {
  const line = target instanceof HTMLElement ? target.closest('tr[aria-rowindex]') : null;
  return Number(line?.getAttribute('aria-rowindex') ?? 1) - 2;
}

/** Brings the focus to the box of a row as soon as that is drawn; the browser then scrolls to it. */
export async function focusRow(body: HTMLElement, place: number): Promise<void> {
  await tick();
  requestAnimationFrame(() => body.querySelector<HTMLElement>(`tr[aria-rowindex="${place + 2}"] input`)?.focus());
}
