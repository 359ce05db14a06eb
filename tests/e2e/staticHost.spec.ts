import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { createSite, listen } from '../../scripts/lib/staticServer.mjs';

/** A host that sends none of our headers and keeps the app at a sub-path, as free static hosts do. */
const BASE = '/syncin/';
const DIST = join(import.meta.dirname, '../../dist');
let folder: string;
let server: Server;
let url: string;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'syncin-host-'));
  cpSync(DIST, folder, { recursive: true });
  server = createSite({ folder, base: BASE });
  url = `http://localhost:${await listen(server, 45_200)}${BASE}`;
});
test.afterEach(() => {
  stop();
  rmSync(folder, { recursive: true });
});

function stop(): void {
  server.close();
  server.closeAllConnections();
}

/** Opens the app and waits until its service worker is in charge. */
async function openAndInstall(page: Page): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

test('the second visit is isolated, locked down, and works without the host', async ({ page }) => {
  await openAndInstall(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  stop();
  const response = await page.reload();
  expect(response?.fromServiceWorker()).toBe(true);
  expect(response?.headers()).toMatchObject({ 'cross-origin-embedder-policy': 'require-corp', 'x-content-type-options': 'nosniff' });
  expect(response?.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  await expect(page.locator('#app')).not.toBeEmpty();
});

test('files that a sense loads stay for the next visit without the host, each once', async ({ page }) => {
  await openAndInstall(page);
  const load = () =>
    page.evaluate(async () => {
      const response = await fetch('vendor/vision_wasm_module_internal.wasm');
      return { bytes: (await response.arrayBuffer()).byteLength, type: response.headers.get('content-type') };
    });
  const first = await load();
  expect(first).toEqual({ bytes: 12_997_272, type: 'application/wasm' });
  stop();
  expect(await load()).toEqual(first);
  const names = await page.evaluate(() => caches.keys());
  expect(names.filter((name) => name.startsWith('syncin-vendor-'))).toHaveLength(1);
});

test('another origin gets no request, whatever asks', async ({ page }) => {
  const asked: string[] = [];
  const other = createSite({ folder });
  other.on('request', (request) => asked.push(request.url ?? ''));
  const otherUrl = `http://localhost:${await listen(other, 45_300)}/`;
  await openAndInstall(page);
  const outcome = await page.evaluate(
    (target) =>
      fetch(target, { mode: 'no-cors' }).then(
        () => 'answered',
        () => 'refused',
      ),
    otherUrl,
  );
  other.close();
  expect(outcome).toBe('refused');
  expect(asked).toEqual([]);
});

test('a new version waits until it is wanted, then replaces the old one', async ({ page }) => {
  await openAndInstall(page);
  const script = join(folder, 'serviceWorker.js');
  writeFileSync(script, `${readFileSync(script, 'utf8')}\n// a new version`);
  const waits = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
    return registration.active?.state;
  });
  expect(waits).toBe('activated');
  const reloaded = page.waitForEvent('load');
  await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.postMessage({ type: 'apply-update' }));
  await reloaded;
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBeNull();
});
