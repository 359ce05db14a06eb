/**
 * The same response with more headers, so that static hosts, which send none, also give an isolated, locked-down page.
 * Opaque and error responses cannot be rebuilt and are returned as they are.
 */
export function withHeaders(response: Response, added: Readonly<Record<string, string>>): Response {
  if (response.type === 'opaque' || response.type === 'opaqueredirect' || response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(added)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
