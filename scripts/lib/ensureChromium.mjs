// @ts-check
import { run, withHeartbeat } from './commands.mjs';
import { findChromium } from './findChromium.mjs';

/** Debian's package brings the libraries that a bare machine lacks; it needs root. */
async function fromDebian() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  if ((await run('apt-get', ['update', '-qq'], { env })) !== 0) return;
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
}

/** @returns {Promise<string>} a Chromium, installed if need be; ends the program with a sentence when there is no way */
export async function ensureChromium() {
  for (const install of [() => Promise.resolve(), fromDebian, () => run('npx', ['playwright', 'install', 'chromium'])]) {
    await withHeartbeat('getting a Chromium', async () => {
      await install();
    });
    const path = await findChromium();
    if (path) return path;
    console.log('There is no Chromium yet; trying to install one …');
  }
  console.error('The tests need a Chromium: install Chrome or Chromium, or set CHROMIUM_PATH to one, and run this again.');
  return process.exit(1);
}
