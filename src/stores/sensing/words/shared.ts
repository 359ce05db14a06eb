import { SHARED_CACHE, SHARED_FILE, SHARED_NAME, SHARED_TEXT } from '../../../core/shared';

/** What another app shared with this one. */
export interface Shared {
  /** Blank when it was a file alone. */
  readonly text: string;
  readonly file: File | null;
}

/** Takes what the service worker put aside, once. @param baseUrl the app's folder. @returns null when nothing was shared */
export async function takeShared(baseUrl: string): Promise<Shared | null> {
  if (!('caches' in globalThis) || !(await caches.has(SHARED_CACHE))) return null;
  const cache = await caches.open(SHARED_CACHE);
  const [text, file] = await Promise.all([SHARED_TEXT, SHARED_FILE].map((path) => cache.match(new URL(path, baseUrl))));
  const shared = {
    text: (await text?.text()) ?? '',
    file: file ? new File([await file.blob()], decodeURIComponent(file.headers.get(SHARED_NAME) ?? 'chat.txt')) : null,
  };
  await caches.delete(SHARED_CACHE);
  return shared;
}
