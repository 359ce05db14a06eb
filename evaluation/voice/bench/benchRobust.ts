import { answerInBrowser } from '../../browser/answerInBrowser';
import { readManifest, type Item, type ManifestOptions } from '../../input/readManifest';
import { judge } from '../../report/judge';
import { summarise } from '../../report/summarise';
import { voice } from '../../subjects/voice';
import { CLEAN, nameOf, NOISE_KINDS, type SoundCondition } from '../soundCondition';

const RATIOS = [20, 10, 5] as const;

/** Everything that speech meets on its way to a microphone, first as it is, then through noise suppression. */
const CONDITIONS: readonly SoundCondition[] = [false, true].flatMap((isSuppressed) =>
  [
    CLEAN,
    ...NOISE_KINDS.flatMap((kind) => RATIOS.map((snr) => ({ ...CLEAN, noise: { kind, snr } }))),
    { ...CLEAN, isReverberant: true },
    { ...CLEAN, isCoded: true },
  ].map((condition) => ({ ...condition, isSuppressed })),
);

export interface RobustLine {
  readonly condition: string;
  readonly accuracy: number;
  readonly uar: number;
  /** Of the items in which speech was found; null for none. */
  readonly accuracyOfRead: number | null;
  readonly unreadable: number;
  /** Accuracy lost against clean speech without suppression, points. */
  readonly drop: number;
}

export interface RobustBench {
  readonly n: number;
  readonly lines: readonly RobustLine[];
}

export interface RobustRequest {
  readonly folder: string;
  /** Columns and their values: only such items. */
  readonly where: Readonly<Record<string, string>>;
  /** Takes every n-th item. */
  readonly every: number;
}

const MANIFEST: Omit<ManifestOptions, 'labels' | 'input' | 'where'> = {
  limit: null,
  labelColumn: null,
  groupColumn: null,
  byColumn: null,
};

/** The product on the same recordings, spoilt in every way. */
export async function benchRobust({ folder, where, every }: RobustRequest): Promise<RobustBench> {
  const all = await readManifest(folder, { labels: voice.labels, input: voice.input, where, ...MANIFEST });
  const items = all.filter((_, i) => i % every === 0);
  const lines: RobustLine[] = [];
  for (const condition of CONDITIONS) {
    const line = await measure(folder, items, condition);
    lines.push({ ...line, drop: 100 * ((lines[0] ?? line).accuracy - line.accuracy) });
  }
  return { n: items.length, lines };
}

async function measure(folder: string, items: readonly Item[], condition: SoundCondition): Promise<Omit<RobustLine, 'drop'>> {
  const options = { cropped: false, knows: 'nobody' as const, condition };
  const { rows } = await answerInBrowser({ subject: 'voice', folder, options }, items);
  const { rows: judged, answers } = judge(rows, voice.labels, false);
  const { accuracy, uar, accuracyOfRead, unreadable } = summarise(judged, answers);
  return { condition: nameOf(condition), accuracy, uar, accuracyOfRead, unreadable };
}
