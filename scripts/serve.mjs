// @ts-check
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { productionHeaders } from './headers.mjs';
import { createSite, listen } from './lib/staticServer.mjs';

/**
 * Serves the built app: node scripts/serve.mjs [--port 4173] [--strict-port] [--base /sub/] [--no-headers] [--quiet]
 * `--no-headers` plays a static host that sends none of ours (GitHub Pages), where the service worker must add them.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4173' },
    'strict-port': { type: 'boolean', default: false },
    base: { type: 'string', default: '/' },
    'no-headers': { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
  },
});

const folder = resolve(import.meta.dirname, '../dist');
if (!existsSync(join(folder, 'index.html'))) {
  console.error('There is no built app in dist/. Run: npm run build');
  process.exit(1);
}

const server = createSite({ folder, base: values.base, headers: values['no-headers'] ? {} : productionHeaders });
const port = await listen(server, Number(values.port), { strict: values['strict-port'] });
if (!values.quiet) console.log(`SyncIn is at http://localhost:${port}${values.base}`);
