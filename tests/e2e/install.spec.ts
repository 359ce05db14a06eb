import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { CHROMIUM_FLAGS, requireChromium } from '../../scripts/lib/findChromium.mjs';
import { Watch } from './app';

test('the browser finds nothing that keeps the app from being installed', async ({ baseURL }) => {
  // Private windows cannot install, and the usual test context is one.
  const profile = await mkdtemp(join(tmpdir(), 'syncin-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await requireChromium(),
    headless: true,
    args: [...CHROMIUM_FLAGS],
  });
  const watch = new Watch(context);
  watch.allow(baseURL ?? '');
  try {
    const page = await context.newPage();
    await page.goto(baseURL ?? '');
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    const session = await context.newCDPSession(page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors).toEqual([]);
    const { errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    watch.check();
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
});
