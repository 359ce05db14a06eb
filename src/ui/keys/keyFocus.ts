import type { KeyPress } from './keymap';

const TYPED = new Set(['text', 'search', 'number', 'email', 'url', 'password', 'date', 'time']);

/** How much of the keyboard the focused element keeps for itself. */
export function keyFocus(target: EventTarget | null): KeyPress['focus'] {
  if (!(target instanceof HTMLElement)) return 'page';
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return 'typing';
  if (target instanceof HTMLInputElement && TYPED.has(target.type)) return 'typing';
  return target.closest('button, a, input, summary, [role="radio"], [role="slider"], dialog') ? 'control' : 'page';
}
