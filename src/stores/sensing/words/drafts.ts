/** localStorage, so that a reload or a crash loses no word; in windows without storage a draft lives as long as the page. */
const KEY = 'syncin-draft';

function storage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return null;
    throw error;
  }
}

export const drafts = {
  read: (): string => storage()?.getItem(KEY) ?? '',
  write(text: string): void {
    const kept = storage();
    if (text === '') return kept?.removeItem(KEY);
    try {
      kept?.setItem(KEY, text);
    } catch (error) {
      // A full disk costs the draft's survival, not the draft.
      if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
    }
  },
};
