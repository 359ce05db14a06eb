// @ts-check
import { checkNode } from './lib/checkNode.mjs';

/**
 * From a fresh clone to a running app: npm start [-- --port 4173] [-- --no-open]
 * Installs, prepares assets and builds only what is missing or changed, then serves until Ctrl-C.
 */
checkNode();
const { spawn } = await import('node:child_process');
const { parseArgs } = await import('node:util');
const { ensureBuild } = await import('./lib/build.mjs');
const { secondsSince, ROOT, withHeartbeat } = await import('./lib/commands.mjs');
const { ensureDependencies } = await import('./lib/dependencies.mjs');
const { productionHeaders } = await import('./headers.mjs');
const { createSite, listen } = await import('./lib/staticServer.mjs');

const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' }, 'no-open': { type: 'boolean', default: false } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  console.error(`--port wants a number between 1 and 65535, not ${values.port}.`);
  process.exit(1);
}

const started = Date.now();
await ensureDependencies();
console.log('Building, if anything changed …');
const { code, wasFresh } = await withHeartbeat('building', () => ensureBuild());
if (code !== 0) {
  console.error('The build failed; the message stands above.');
  process.exit(1);
}

const server = createSite({ folder: `${ROOT}/dist`, headers: productionHeaders });
const used = await listen(server, port);
const address = `http://localhost:${used}/`;
console.log(wasFresh ? 'The build was up to date.' : `Built in ${secondsSince(started)}.`);
if (used !== port) console.log(`Port ${port} is taken, so another one is used.`);
console.log(`\n  SyncIn is ready:  ${address}\n\n  It runs in your browser only. Ctrl-C ends this server.\n`);

process.on('SIGINT', () => {
  console.log('\nBye.');
  process.exit(0);
});
if (!values['no-open'] && process.stdout.isTTY && !process.env['CI']) openBrowser(address);

/** @param {string} url opened in the user's browser, where there is one */
function openBrowser(url) {
  const [program = '', args = []] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', url]]
        : ['xdg-open', [url]];
  spawn(program, args, { stdio: 'ignore', detached: true })
    .on('error', () => {
      console.log('No browser could be opened from here: open the address yourself.');
    })
    .unref();
}
