// @ts-check
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse, { desktopConfig } from 'lighthouse';
import { chromium } from 'playwright-core';
import { productionHeaders } from './headers.mjs';
import { ROOT } from './lib/commands.mjs';
import { requireChromium } from './lib/findChromium.mjs';
import { createSite, listen } from './lib/staticServer.mjs';

/**
 * Rates the built app: npm run lighthouse [-- --desktop]
 * The default is Lighthouse's mid-range phone on slow 4G. Writes .cache/lighthouse.json and fails below the floors.
 */
const FLOORS = { performance: 90, accessibility: 95, 'best-practices': 95, seo: 90 };
const DEBUG_PORT = 9333;
const isDesktop = process.argv.includes('--desktop');

const server = createSite({ folder: join(ROOT, 'dist'), headers: productionHeaders });
const port = await listen(server, 4190);
const profile = mkdtempSync(join(tmpdir(), 'syncin-lighthouse-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: await requireChromium(),
  // Without the flags of the tests: a fake camera or an open door for sound is not what users have.
  args: [
    `--remote-debugging-port=${DEBUG_PORT}`,
    '--no-sandbox',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
  ],
});

const result = await lighthouse(
  `http://localhost:${port}/`,
  { port: DEBUG_PORT, output: 'json', logLevel: 'error', onlyCategories: Object.keys(FLOORS) },
  isDesktop ? desktopConfig : undefined,
);
await browser.close();
rmSync(profile, { recursive: true, force: true });
server.close();
server.closeAllConnections();
if (!result) throw new Error('Lighthouse gave no result.');

const { categories, audits } = result.lhr;
mkdirSync(join(ROOT, '.cache'), { recursive: true });
writeFileSync(join(ROOT, '.cache/lighthouse.json'), JSON.stringify(result.lhr));
for (const id of ['largest-contentful-paint', 'cumulative-layout-shift', 'total-blocking-time', 'total-byte-weight']) {
  console.log(`${(audits[id]?.title ?? id).padEnd(28)}${audits[id]?.displayValue ?? 'not measured'}`);
}
let isGood = true;
for (const [id, floor] of Object.entries(FLOORS)) {
  const score = Math.round((categories[id]?.score ?? 0) * 100);
  isGood &&= score >= floor;
  console.log(
    `${score >= floor ? 'ok    ' : 'BELOW '}${(categories[id]?.title ?? id).padEnd(22)}${String(score).padStart(4)}  (at least ${floor})`,
  );
  for (const { id: audit, weight } of categories[id]?.auditRefs ?? []) {
    const found = audits[audit];
    if (weight > 0 && found && found.score !== null && found.score < 0.9) console.log(`         ${found.score.toFixed(2)}  ${found.title}`);
  }
}
process.exitCode = isGood ? 0 : 1;
