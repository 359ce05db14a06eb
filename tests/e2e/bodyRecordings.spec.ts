import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import { appleExport, DAY, fitFile } from '../unit/modalities/physiology/recordings/support';
import { camera, expect, memoryFile, SMILING_MAN, SyncIn, test, words } from './app';

const { args, ...browser } = await camera({ clip: SMILING_MAN });
test.use({ launchOptions: { ...browser, args: [...args, '--enable-blink-features=ForceEagerMeasureMemory'] } });

const MINUTES = 12;
/** A calm heart that quickens in the middle. */
const bpmAt = (second: number): number => (second > 240 && second < 540 ? 84 : 62) + Math.round(2 * Math.sin(second / 9));
const seconds = (step: number): number[] => Array.from({ length: (MINUTES * 60) / step }, (_, i) => i * step);
const EXPORT = appleExport(seconds(5).map((second) => [DAY + second * 1000, bpmAt(second)]));
const FIT = fitFile(
  seconds(1).map((second) => ({ second: DAY / 1000 + second, bpm: bpmAt(second), beats: [Math.round(60_000 / bpmAt(second))] })),
);

const panel = (page: Page) => page.getByTestId('recording');
const named = (name: string, bytes: string | Uint8Array) =>
  memoryFile(name, typeof bytes === 'string' ? Buffer.from(bytes) : bytes, 'text/plain');

/** The chooser of devices, in which recordings are opened too. */
async function openChooser(page: Page): Promise<void> {
  await new SyncIn(page).openAndAccept();
  await page.getByTestId('sense-physiology').getByRole('button', { name: words.sense.switchOn }).click();
}

async function expectJudged(page: Page): Promise<void> {
  await expect(panel(page)).toHaveAttribute('data-state', 'open', { timeout: 60_000 });
  await expect(panel(page)).toContainText(words.recording.stressMore, { timeout: 60_000 });
}

test('a watch’s recording: curves, played fast as a recording, kept in the journal over a reload', async ({ page }) => {
  test.setTimeout(180_000);
  await openChooser(page);
  await page.getByTestId('recording-files').last().setInputFiles(named('morning.fit', FIT));
  await expectJudged(page);
  await expect(panel(page)).toContainText('FIT · 5 March 2024');
  await expect(page.getByTestId('recorded-curves').getByRole('img')).toHaveCount(3);
  await page.getByTestId('replay-speed').selectOption('60');
  await page.getByTestId('replay').click();
  const row = page.getByTestId('sense-physiology');
  await expect(page.getByTestId('heart-rate')).toContainText(/[68]\d/);
  // It is nobody's feeling now, and the screen says so.
  await expect(row).toContainText(words.now.recorded);
  await expect(page.getByTestId('device')).toHaveAttribute('data-link', 'connected');
  await page.getByTestId('keep-recording').click();
  await expect(page.getByTestId('keep-recording')).toHaveText(words.recording.kept);
  await page.reload();
  await new SyncIn(page).go('journal');
  await expect(page.getByRole('main')).toContainText('morning.fit');
});

test('the folder of an Empatica E4', async ({ page }, info) => {
  test.setTimeout(120_000);
  const folder = join(info.outputPath(), 'session');
  mkdirSync(folder, { recursive: true });
  const even = (rate: number, valueAt: (second: number) => number) =>
    `${DAY / 1000}.000000\n${rate}.000000\n${seconds(1 / rate)
      .map((second) => valueAt(second).toFixed(4))
      .join('\n')}\n`;
  writeFileSync(join(folder, 'HR.csv'), even(1, bpmAt));
  writeFileSync(
    join(folder, 'EDA.csv'),
    even(4, (second) => 2 + bpmAt(second) / 60 + 0.2 * Math.max(0, Math.sin(second / 5)) ** 8),
  );
  writeFileSync(
    join(folder, 'TEMP.csv'),
    even(4, () => 33.1),
  );
  writeFileSync(join(folder, 'info.txt'), 'a session\n');
  await openChooser(page);
  await page.getByTestId('recording-folder').last().setInputFiles(folder);
  await expectJudged(page);
  for (const name of [words.recording.heartRate, words.body.conductance, words.body.temperature])
    await expect(panel(page)).toContainText(name);
});

const { error } = words;
test('hostile files: one sentence each, and the next file is read', async ({ page }) => {
  test.setTimeout(180_000);
  await openChooser(page);
  for (const [name, bytes, sentence] of [
    ['empty.csv', '', error['recording/empty']],
    ['letter.csv', 'Dear diary,\nnothing today.\n', error['recording/unknown-format']],
    ['export.zip', 'PK\u0003\u0004rest', error['recording/packed']],
    ['export.xml', appleExport([]), error['recording/empty']],
    ['broken.fit', FIT.slice(0, 12), error['recording/damaged']],
    ['picture.fit', Uint8Array.from({ length: 4000 }, (_, i) => (i * 89) % 256), error['recording/unknown-format']],
    ['none.csv', 'time,hr\n1,0\n2,9999\n3,NaN\n', error['recording/empty']],
    ['deep.json', '[{"dateTime":1},'.padEnd(3_000_000, '['), error['recording/damaged']],
    ['endless.xml', '<HealthData><Record type="'.padEnd(3_000_000, 'x'), error['recording/damaged']],
    ['<img src=x onerror=alert(1)>.csv', 'x', error['recording/unknown-format']],
  ] as const) {
    await page.getByTestId('recording-files').last().setInputFiles(named(name, bytes));
    await expect(panel(page)).toHaveAttribute('data-state', 'failed');
    await expect(panel(page)).toContainText(name);
    await expect(panel(page).getByRole('alert')).toHaveText(sentence);
  }
  await page.getByTestId('recording-files').last().setInputFiles(named('export.xml', EXPORT));
  await expectJudged(page);
});

/** An export of 300 MB: a hundred days of a watch among other records. */
function writeBigExport(info: TestInfo): string {
  const path = info.outputPath('export.xml');
  const whole = EXPORT.slice(0, -'</HealthData>\n'.length);
  const file = openSync(path, 'w');
  for (let bytes = 0, part = 0; bytes < 300e6; part++)
    bytes += writeSync(file, part === 0 ? whole : whole.slice(whole.indexOf(' <Record')));
  writeSync(file, '</HealthData>\n');
  closeSync(file);
  return path;
}

const memory = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { measureUserAgentSpecificMemory: measure } = performance as unknown as {
      measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
    };
    return (await measure.call(performance)).bytes;
  });

test('300 MB: progress, a page that answers, a reading that can be cancelled, and no memory for what was read past', async ({
  page,
}, info) => {
  test.setTimeout(240_000);
  const path = writeBigExport(info);
  await openChooser(page);
  const before = await memory(page);
  const readers = () => page.workers().filter((worker) => worker.url().includes('recording')).length;
  await page.getByTestId('recording-files').last().setInputFiles(path);
  await expect(panel(page)).toContainText(/Reading, .* of 3\d\d MB/);
  await panel(page).getByRole('button', { name: words.recording.cancel }).click();
  await expect(panel(page)).toHaveCount(0);
  await expect.poll(readers).toBe(0);
  await page.getByTestId('sense-physiology').getByRole('button', { name: words.sense.switchOn }).click();
  await page.evaluate(() => {
    const longest = globalThis as unknown as { longest: number[] };
    longest.longest = [];
    new PerformanceObserver((list) => longest.longest.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
  await page.getByTestId('recording-files').last().setInputFiles(path);
  const share = () =>
    panel(page)
      .getByRole('progressbar')
      .first()
      .getAttribute('aria-valuenow', { timeout: 1000 })
      .then(Number, () => Infinity);
  const early = await share();
  await expect.poll(share).toBeGreaterThan(early);
  await expectJudged(page);
  expect(Math.max(0, ...(await page.evaluate(() => (globalThis as unknown as { longest: number[] }).longest)))).toBeLessThan(500);
  // All the same minutes: what is held is their readings, the model and its runtime.
  expect((await memory(page)) - before).toBeLessThan(120e6);
  await panel(page).getByRole('button', { name: words.recording.close, exact: true }).click();
  await expect.poll(readers).toBe(0);
});
