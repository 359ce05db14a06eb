import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from '../../../../evaluation/browser/serve';

let folder = '';
let served: Served;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-'));
  await mkdir(join(folder, 'page'));
  await mkdir(join(folder, 'models'));
  await writeFile(join(folder, 'page/index.html'), '<title>page</title>');
  await writeFile(join(folder, 'models/m.onnx'), 'weights');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'a b.png'), 'picture');
  const files = new Map([
    ['/items/0', join(folder, 'a b.png')],
    ['/items/1', join(folder, 'gone.png')],
  ]);
  served = await serve({ '/': join(folder, 'page'), '/models/': join(folder, 'models') }, files);
});
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true });
});

/** A request that keeps `..` in its path, as fetch would not. */
function statusOf(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(new URL(served.url), { path }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

describe('serve', () => {
  it('serves the page with the headers of the product', async () => {
    const response = await fetch(served.url);
    expect(await response.text()).toBe('<title>page</title>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
  });

  it('serves other folders and listed files', async () => {
    expect(await (await fetch(new URL('models/m.onnx', served.url))).text()).toBe('weights');
    expect(await (await fetch(new URL('items/0', served.url))).text()).toBe('picture');
  });

  it('answers 404 for what is not there, and for folders', async () => {
    expect(await statusOf('/items/1')).toBe(404);
    expect(await statusOf('/items/2')).toBe(404);
    expect(await statusOf('/none.js')).toBe(404);
  });

  it('serves nothing outside its folders', async () => {
    expect(await statusOf('/../secret.txt')).toBe(404);
    expect(await statusOf('/models/..%2f..%2fsecret.txt')).toBe(404);
  });
});
