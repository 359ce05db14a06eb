/** Enter sends; with Shift it begins a line, and while an input method composes it belongs to that. */
export function sendKey({ key, shiftKey, isComposing }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing'>): boolean {
  return key === 'Enter' && !shiftKey && !isComposing;
}
