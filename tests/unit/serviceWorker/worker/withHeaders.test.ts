import { expect, test } from 'vitest';
import { withHeaders } from '../../../../src/serviceWorker/worker/withHeaders';

test('adds headers and keeps status, type and body', async () => {
  const response = new Response('body', { status: 201, statusText: 'Made', headers: { 'Content-Type': 'application/wasm' } });
  const added = withHeaders(response, { 'Cross-Origin-Embedder-Policy': 'require-corp' });
  expect(added.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
  expect(added.headers.get('Content-Type')).toBe('application/wasm');
  expect([added.status, added.statusText, await added.text()]).toEqual([201, 'Made', 'body']);
});

test('a header that the host sends is replaced', () => {
  const response = new Response('', { headers: { 'Content-Security-Policy': "default-src 'none'" } });
  expect(withHeaders(response, { 'Content-Security-Policy': "default-src 'self'" }).headers.get('Content-Security-Policy')).toBe(
    "default-src 'self'",
  );
});

test('an error cannot be rebuilt and stays itself', () => {
  const response = Response.error();
  expect(withHeaders(response, { a: 'b' })).toBe(response);
});
