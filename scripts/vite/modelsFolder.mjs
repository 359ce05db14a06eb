// @ts-check
import { cpSync, createReadStream, existsSync, statSync } from 'node:fs';
import { join, normalize, resolve, sep } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const MODELS = join(ROOT, 'models');

/** @type {Readonly<Record<string, string>>} */
const TYPES = { '.json': 'application/json', '.js': 'text/javascript' };

/** @param {string} url @returns {string | null} the model file that a request names, never one outside models/ */
function modelFile(url) {
  const { pathname } = new URL(url, 'http://localhost');
  if (!pathname.startsWith('/models/')) return null;
  const file = join(MODELS, normalize(decodeURIComponent(pathname.slice('/models/'.length))));
  return file.startsWith(MODELS + sep) && existsSync(file) && statSync(file).isFile() ? file : null;
}

/** @param {string} url Vite would answer an unknown path with index.html, which a loader takes for a damaged file */
function isMissing(url) {
  const { pathname } = new URL(url, 'http://localhost');
  return pathname.startsWith('/models/') || (pathname.startsWith('/vendor/') && !existsSync(join(ROOT, 'public', normalize(pathname))));
}

/** @param {import('vite').ViteDevServer} server */
function serveModels(server) {
  server.middlewares.use((request, response, next) => {
    const file = modelFile(request.url ?? '/');
    if (!file) {
      if (isMissing(request.url ?? '/')) response.writeHead(404).end();
      else next();
      return;
    }
    const extension = file.slice(file.lastIndexOf('.'));
    response.setHeader('Content-Type', TYPES[extension] ?? 'application/octet-stream');
    response.setHeader('Content-Length', statSync(file).size);
    for (const [name, value] of Object.entries(server.config.server.headers ?? {})) if (value) response.setHeader(name, value);
    createReadStream(file).pipe(response);
  });
}

/**
 * `models/` lies outside `public/` because training writes it: the dev server answers `/models/…` from it and the build
 * copies it.
 * @returns {import('vite').Plugin}
 */
export function modelsFolder() {
  let target = '';
  return {
    name: 'syncin:models-folder',
    configResolved(config) {
      target = config.command === 'build' ? resolve(config.root, config.build.outDir, 'models') : '';
    },
    configureServer: serveModels,
    writeBundle() {
      if (target && existsSync(MODELS)) cpSync(MODELS, target, { recursive: true });
    },
  };
}
