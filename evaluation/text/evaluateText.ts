import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { answerInBrowser } from '../browser/answerInBrowser';
import type { ManifestOptions } from '../input/readManifest';
import type { EvaluateRequest } from '../page/main';
import { readTextManifest } from './readTextManifest';
import { formatTextSummary, summariseText } from './summariseText';

export interface TextRequest {
  readonly folder: string;
  readonly json: string | null;
  /** Answers only from the classes that occur. */
  readonly isClosed: boolean;
  readonly manifest: Omit<ManifestOptions, 'labels' | 'input'>;
  readonly options: EvaluateRequest['options'];
}

/** Texts may bear several labels, 28 finer ones, or a point: more than one figure. Prints the report. */
export async function evaluateText({ folder, json, isClosed, manifest, options }: TextRequest): Promise<void> {
  const items = await readTextManifest(folder, manifest);
  const asked = items.map(({ index, text, group, by, coarse }) => ({ index, file: null, text, group, by, label: coarse[0] ?? '' }));
  const run = await answerInBrowser({ subject: 'text', folder, options }, asked);
  const summary = summariseText(items, run.rows, isClosed);
  if (json !== null) {
    const report = {
      subject: 'text',
      small: options.small ?? false,
      isClosed,
      limit: manifest.limit,
      where: manifest.where,
      evaluatedAt: new Date().toISOString(),
      browser: run.browser,
      restarts: run.restarts,
      models: run.models,
      summary,
      items: run.rows.map((row, i) => ({ ...row, labels: items[i]?.fine ?? items[i]?.coarse })),
    };
    await mkdir(dirname(json), { recursive: true });
    await writeFile(json, `${JSON.stringify(report, null, 1)}\n`);
  }
  for (const { name, version, backend } of run.models) console.log(`model        ${name} ${version} on ${backend}`);
  if (run.restarts > 0) console.log(`restarts     the browser went away ${run.restarts} times and another one went on`);
  console.log(formatTextSummary(summary));
}
