import { SHARED_CACHE, SHARED_FILE, SHARED_NAME, SHARED_TEXT } from '../../core/shared';

/** What is longer is cut: the page keeps no more of an entry. */
const LONGEST_TEXT = 60_000;
/** The page opens no larger chat; a little more, so that it can say so. */
const LARGEST_FILE = 6_000_000;
const FIELDS = ['title', 'text', 'url'] as const;

/** The parts of what was shared that say something, each once. */
export function sharedText(form: FormData): string {
  const parts = FIELDS.map((name) => form.get(name)).filter((part): part is string => typeof part === 'string' && part.trim() !== '');
  const said = parts.filter((part, i) => !parts.some((other, j) => i !== j && other.includes(part) && (other !== part || j < i)));
  return said.join('\n').slice(0, LONGEST_TEXT);
}

/**
 * Takes what another app shares: it goes no further than into a cache of this device, and the page opens to read it there.
 * @param scope the folder that the app is served from
 */
export async function takeShare(request: Request, scope: URL): Promise<Response> {
  const home = new URL('./#/now', scope).href;
  const form = await request.formData().catch(() => null);
  if (!form) return Response.redirect(home, 303);
  const cache = await caches.open(SHARED_CACHE);
  const text = sharedText(form);
  if (text !== '') await cache.put(new URL(SHARED_TEXT, scope), new Response(text));
  const file = form.get('file');
  if (file instanceof File && file.size > 0) {
    const headers = { [SHARED_NAME]: encodeURIComponent(file.name) };
    await cache.put(new URL(SHARED_FILE, scope), new Response(file.slice(0, LARGEST_FILE), { headers }));
  }
  return Response.redirect(home, 303);
}
