// @ts-check
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Flags every automated run uses: quiet, no request of the browser's own, fake camera and microphone that need no
 * click, and Web Bluetooth, which Linux hides by default.
 */
export const CHROMIUM_FLAGS = Object.freeze([
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--enable-features=WebBluetooth',
]);

/** @param {string} name @returns {string | null} where the shell finds the program */
function onPath(name) {
  if (process.platform === 'win32') return null;
  try {
    return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null;
  } catch (cause) {
    // `command -v` ends with 1 or 127 when there is no such program; anything else is a broken shell.
    if (cause instanceof Error && 'status' in cause) return null;
    throw cause;
  }
}

/** @returns {string[]} */
function installed() {
  if (process.platform === 'darwin') return MAC.filter((path) => existsSync(path));
  if (process.platform === 'win32') {
    const roots = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];
    return roots.flatMap((root) => (root ? WINDOWS.map((path) => join(root, path)) : [])).filter((path) => existsSync(path));
  }
  return NAMES.map(onPath).filter((path) => path !== null);
}

/** @returns {Promise<string | null>} the browser that `npx playwright install chromium` puts down */
async function fromPlaywright() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : null;
}

/**
 * The Chromium to test with: CHROMIUM_PATH, else an installed one, else Playwright's own.
 * @returns {Promise<string | null>} null when there is none
 */
export async function findChromium() {
  const wanted = process.env['CHROMIUM_PATH'];
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`CHROMIUM_PATH points to ${wanted}, which does not exist.`);
    return wanted;
  }
  return installed()[0] ?? (await fromPlaywright());
}

/** @returns {Promise<string>} as findChromium, or an error that says what to do */
export async function requireChromium() {
  const path = await findChromium();
  if (path) return path;
  throw new Error('No Chromium was found. Install Chrome or Chromium, or set CHROMIUM_PATH, or run: npx playwright install chromium');
}
