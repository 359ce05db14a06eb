import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { productionHeaders } from '../../scripts/headers.mjs';
import { createSite, listen } from '../../scripts/lib/staticServer.mjs';

export interface RunningApp {
  /** Ends in '/'. */
  readonly url: string;
  /** Pulls the plug: every open connection ends too. */
  stop(): Promise<void>;
}

/** The built app on a port of its own, for tests that take the server away. */
export async function startApp(): Promise<RunningApp> {
  const folder = resolve(import.meta.dirname, '../../dist');
  if (!existsSync(join(folder, 'index.html'))) throw new Error('There is no built app in dist/. Run: npm run build');
  const server = createSite({ folder, base: '/', headers: productionHeaders });
  const port = await listen(server, 0, { strict: true });
  return {
    url: `http://localhost:${port}/`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
