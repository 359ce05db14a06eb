import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DEFAULT_FUSION, FUSION_KINDS, type FusionKind } from '../../src/core/fusion';
import { UsageError } from '../input/commandErrors';
import type { ManifestOptions } from '../input/readManifest';
import { formatSummary } from '../report/formatSummary';
import type { Summary } from '../report/summarise';
import { openFusion } from './fuseInBrowser';
import { readFusionManifest, sourcesIn } from './readFusionManifest';
import { alone, resultRows, score } from './score';

export interface FusionRequest {
  readonly folder: string;
  readonly json: string | null;
  /** Answers only from the classes that occur. */
  readonly isClosed: boolean;
  readonly manifest: Omit<ManifestOptions, 'labels' | 'input'>;
  /** The kind that is reported in full. */
  readonly kind: FusionKind;
}

/** @throws UsageError */
export function readFusionKind(given: string | undefined): FusionKind {
  const kind = given === undefined ? DEFAULT_FUSION : FUSION_KINDS.find((one) => one === given);
  if (!kind) throw new UsageError(`--fusion is one of ${FUSION_KINDS.join(', ')}, not "${given}".`);
  return kind;
}

/** Every kind of fusion side by side on what the senses say in the manifest, and one of them in full. Prints the report. */
export async function evaluateFusion({ folder, json, isClosed, manifest, kind }: FusionRequest): Promise<void> {
  const rows = await readFusionManifest(folder, manifest);
  const fusion = await openFusion();
  try {
    const answers = await fusion.fuse(
      rows,
      FUSION_KINDS.map((one) => ({ kind: one, kept: null })),
    );
    const kinds = FUSION_KINDS.map((name, i) => ({ name, summary: score(rows, answers[i] ?? [], isClosed) }));
    const senses = sourcesIn(rows).map((source) => ({ name: `${source} alone`, summary: score(rows, alone(rows, source), isClosed) }));
    const chosen = FUSION_KINDS.indexOf(kind);
    if (json !== null) {
      const report = {
        subject: 'fusion',
        kind,
        isClosed,
        limit: manifest.limit,
        where: manifest.where,
        evaluatedAt: new Date().toISOString(),
        browser: fusion.browser,
        models: [fusion.model],
        kinds: Object.fromEntries([...kinds, ...senses].map(({ name, summary }) => [name, summary])),
        items: resultRows(rows, answers[chosen] ?? []),
      };
      await mkdir(dirname(json), { recursive: true });
      await writeFile(json, `${JSON.stringify(report, null, 1)}\n`);
    }
    if (fusion.model) console.log(`model        ${fusion.model.name} ${fusion.model.version} on ${fusion.model.backend}`);
    console.log([...sideBySide([...senses, ...kinds]), '', `in full: ${kind}`].join('\n'));
    const summary = kinds[chosen]?.summary;
    if (summary) console.log(formatSummary(summary));
  } finally {
    await fusion.close();
  }
}

const fraction = (value: number | null): string => (value === null ? 'none' : value.toFixed(4));

function sideBySide(parts: readonly { readonly name: string; readonly summary: Summary }[]): string[] {
  return parts.map(
    ({
      name,
      summary: {
        accuracy,
        accuracyInterval: { low, high },
        uar,
        ece,
      },
    }) =>
      `${name.padEnd(18)} accuracy ${fraction(accuracy)} (${fraction(low)} to ${fraction(high)})  UAR ${fraction(uar)}  ECE ${fraction(ece)}`,
  );
}
