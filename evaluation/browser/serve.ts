import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { productionHeaders } from '../../scripts/headers.mjs';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface Served {
  /** Ends in '/'. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves folders on this machine only, with the headers of the product, streaming each file.
 * @param folders URL prefix, beginning and ending in '/', → folder; the longest prefix that fits wins
 * @param files exact URL path → file, for items that lie anywhere
 */
export async function serve(folders: Readonly<Record<string, string>>, files: ReadonlyMap<string, string> = new Map()): Promise<Served> {
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
  const locate = (path: string): string | null => {
    const file = files.get(path);
    if (file !== undefined) return file;
    const prefix = prefixes.find((candidate) => path.startsWith(candidate));
    const folder = prefix === undefined ? undefined : folders[prefix];
    if (prefix === undefined || folder === undefined) return null;
    const inside = join(folder, normalize(path.slice(prefix.length) || 'index.html'));
    return inside.startsWith(folder + sep) ? inside : null;
  };
  const server = createServer((request, response) => {
    answer(request, response, locate).catch((error: unknown) => {
      // The browser went away in the middle of a file, or the file did: neither has anyone left to tell.
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, locate: (path: string) => string | null): Promise<void> {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
  const file = locate(path);
  const found = file === null ? null : await stat(file).catch(() => null);
  if (file === null || !found?.isFile()) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found');
    return;
  }
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  response.writeHead(200, { ...productionHeaders, 'Content-Type': type, 'Content-Length': found.size, 'Cache-Control': 'no-store' });
  await pipeline(createReadStream(file), response);
}
