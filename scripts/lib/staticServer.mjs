// @ts-check
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};
const COMPRESSED = new Set(['.html', '.js', '.mjs', '.css', '.json', '.webmanifest', '.svg', '.txt']);

/**
 * @typedef {object} SiteOptions
 * @property {string} folder what to serve
 * @property {string} [base] sub-path that the site lies at, '/' unless given
 * @property {Readonly<Record<string, string>>} [headers] sent with every response; none plays a plain static host
 */

/** @param {string} folder @param {string} path @returns {string | null} the file, never one outside the folder */
function fileAt(folder, path) {
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
  if (file !== folder && !file.startsWith(folder + sep)) return null;
  return existsSync(file) && statSync(file).isFile() ? file : null;
}

/** @param {string} path @returns {string} how long it may be kept: names with a hash for ever, the rest is asked again */
const cacheControl = (path) => (path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');

/** Compressed copies, made at the first request. @type {Map<string, { modified: number, bytes: Buffer }>} */
const compressed = new Map();

/** @param {string} file @returns {Buffer} */
function gzipped(file) {
  const modified = statSync(file).mtimeMs;
  const kept = compressed.get(file);
  if (kept?.modified === modified) return kept.bytes;
  const bytes = gzipSync(readFileSync(file));
  compressed.set(file, { modified, bytes });
  return bytes;
}

/** @param {import('node:http').IncomingMessage} request @param {string} base @returns {string | null} path inside the site */
function sitePath(request, base) {
  try {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    return path.startsWith(base) ? path.slice(base.length - 1) : null;
  } catch (error) {
    if (error instanceof URIError || error instanceof TypeError) return null;
    throw error;
  }
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} file
 */
function sendFile(request, response, file) {
  const extension = extname(file);
  const isCompressed = COMPRESSED.has(extension) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const bytes = isCompressed ? gzipped(file) : null;
  response.setHeader('Content-Type', TYPES[extension] ?? 'application/octet-stream');
  response.setHeader('Content-Length', bytes ? bytes.length : statSync(file).size);
  if (bytes) response.setHeader('Content-Encoding', 'gzip').setHeader('Vary', 'Accept-Encoding');
  if (request.method === 'HEAD') response.end();
  else if (bytes) response.end(bytes);
  else createReadStream(file).pipe(response);
}

/**
 * A small server for a built site. Unknown paths are 404: no fallback page that a loader could take for a file.
 * @param {SiteOptions} options
 */
export function createSite({ folder, base = '/', headers = {} }) {
  const root = resolve(folder);
  return createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = sitePath(request, base);
    const file = path === null ? null : fileAt(root, path);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405).end();
    } else if (path === null || file === null) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found');
    } else {
      response.setHeader('Cache-Control', cacheControl(path));
      sendFile(request, response, file);
    }
  });
}

/**
 * Listens at the port, or at the next free one.
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {{ strict?: boolean, host?: string }} [options] strict: this port or none
 * @returns {Promise<number>} the port in use
 */
export function listen(server, port, { strict = false, host = 'localhost' } = {}) {
  return new Promise((done, fail) => {
    /** @param {number} candidate */
    const attempt = (candidate) => {
      server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
        if (error.code === 'EADDRINUSE' && !strict && candidate < port + 50) attempt(candidate + 1);
        else fail(error);
      });
      server.listen(candidate, host, () => {
        server.removeAllListeners('error');
        const address = server.address();
        done(typeof address === 'object' && address ? address.port : candidate);
      });
    };
    attempt(port);
  });
}
