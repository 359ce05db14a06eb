import { RunError } from '../input/commandErrors';
import { openPage } from '../browser/openPage';
import type { ModelInUse } from '../subjects/subject';
import type { Condition, Fused, FusionRow } from './fusionRow';

export interface OpenFusion {
  /** For each condition one answer for each row. @throws RunError when the product fails */
  fuse(rows: readonly FusionRow[], conditions: readonly Condition[]): Promise<readonly (readonly Fused[])[]>;
  /** Known after the first act of fusion. */
  readonly model: ModelInUse | null;
  readonly browser: string;
  close(): Promise<void>;
}

/** The product's fusion in a page of headless Chromium. */
export async function openFusion(): Promise<OpenFusion> {
  const opened = await openPage();
  let model: ModelInUse | null = null;
  return {
    get model() {
      return model;
    },
    browser: opened.browserVersion,
    async fuse(rows, conditions) {
      const ended = await opened.during(() => opened.page.evaluate((request) => window.fuse(request), { rows, conditions }));
      if ('code' in ended) throw new RunError(`The product failed (${ended.code}): ${ended.message}`);
      ({ model } = ended);
      return ended.answers;
    },
    close: opened.close,
  };
}
