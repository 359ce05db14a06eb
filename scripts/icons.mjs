// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, requireChromium } from './lib/findChromium.mjs';

/**
 * Draws the PNG icons from public/icons/icon.svg; run it after changing the drawing. Maskable icons fill the square and
 * keep the drawing inside the circle of 80 % that every platform's mask leaves.
 */
const FOLDER = resolve(import.meta.dirname, '../public/icons');
const GROUND = '#131415';
const ICONS = [
  { file: 'icon-192.png', size: 192, scale: 1, filled: false },
  { file: 'icon-512.png', size: 512, scale: 1, filled: false },
  { file: 'maskable-192.png', size: 192, scale: 0.82, filled: true },
  { file: 'maskable-512.png', size: 512, scale: 0.82, filled: true },
  { file: 'apple-touch-180.png', size: 180, scale: 0.92, filled: true },
];

const drawing = readFileSync(join(FOLDER, 'icon.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: await requireChromium(), args: [...CHROMIUM_FLAGS] });
for (const { file, size, scale, filled } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const art = filled ? drawing.replace(/rx="\d+"/, '') : drawing;
  await page.setContent(`<style>
    html, body { margin: 0; height: 100%; background: ${filled ? GROUND : 'transparent'} }
    body { display: grid; place-items: center } svg { width: ${scale * 100}%; height: ${scale * 100}% }</style>${art}`);
  writeFileSync(join(FOLDER, file), await page.screenshot({ omitBackground: !filled }));
  await page.close();
  console.log(`Drew ${file}`);
}
await browser.close();
