import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { productionHeaders } from '../../../scripts/headers.mjs';
import { createSite, listen } from '../../../scripts/lib/staticServer.mjs';

const folder = mkdtempSync(join(tmpdir(), 'syncin-site-'));
let server: Server;
let port: number;

beforeAll(async () => {
  mkdirSync(join(folder, 'site/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'site/index.html'), '<p>hello</p>');
  writeFileSync(join(folder, 'site/assets/a-12345678.js'), 'export const a = 1;');
  writeFileSync(join(folder, 'site/assets/a.wasm'), Buffer.alloc(10));
  server = createSite({ folder: join(folder, 'site'), base: '/sub/', headers: productionHeaders });
  port = await listen(server, 45_100);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Raw, because fetch would tidy the path first. */
const get = (path: string, { method = 'GET', encoding = '' } = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request({ host: 'localhost', port, path, method, headers: { 'accept-encoding': encoding } }, (response) => {
      response.resume();
      resolve(response);
    })
      .on('error', reject)
      .end();
  });

test('the page, with every header', async () => {
  const page = await get('/sub/');
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  for (const [name, value] of Object.entries(productionHeaders)) expect(page.headers[name.toLowerCase()]).toBe(value);
});

test('text is compressed for those who ask; wasm is not', async () => {
  expect((await get('/sub/assets/a-12345678.js', { encoding: 'gzip, br' })).headers['content-encoding']).toBe('gzip');
  expect((await get('/sub/assets/a-12345678.js')).headers['content-encoding']).toBeUndefined();
  const wasm = await get('/sub/assets/a.wasm', { encoding: 'gzip' });
  expect(wasm.headers['content-encoding']).toBeUndefined();
  expect(wasm.headers).toMatchObject({ 'content-type': 'application/wasm', 'content-length': '10' });
});

test('files with a hash may be kept, others are asked again', async () => {
  expect((await get('/sub/assets/a-12345678.js')).headers['cache-control']).toContain('immutable');
  expect((await get('/sub/')).headers['cache-control']).toBe('no-cache');
});

test.each([
  '/sub/nothing.js',
  '/sub/assets/',
  '/',
  '/other/',
  '/sub/../../secret.txt',
  '/sub/%2e%2e/secret.txt',
  '/sub/%2e%2e%2fsecret.txt',
  '/sub/%ff',
])('%s is not found', async (path) => {
  expect((await get(path)).statusCode).toBe(404);
});

test('nothing can be written', async () => {
  expect((await get('/sub/', { method: 'POST' })).statusCode).toBe(405);
});

test('a taken port gives the next one, or an error when it must be this one', async () => {
  const second = createSite({ folder });
  expect(await listen(second, port)).toBe(port + 1);
  second.close();
  await expect(listen(createSite({ folder }), port, { strict: true })).rejects.toThrow(/EADDRINUSE/);
});
