import { afterAll, expect, test } from 'vitest';
import { QUADRANTS, quadrantOf, type Quadrant } from '../../src/core/music';
import { DEMO_PIECES } from '../../src/library/demo/demoPieces';
import type { LibraryWork } from '../../src/library/libraryWork';
import { openCopy, removeCopy } from '../../src/storage/opfs';
import { createLibraryCrew } from '../../src/workers/libraryCrew';

const works = createLibraryCrew({ baseUrl: new URL('/', location.href).href, size: 2 });
afterAll(() => {
  for (const work of works) work.stop();
});

/** What the shipped model hears in a piece, through the product's own path. */
async function hear(work: LibraryWork, piece: number): Promise<{ readonly likeliest: Quadrant; readonly quadrant: Quadrant }> {
  const copyKey = `heard-${piece}`;
  await work.synthesise({ piece, copyKey });
  const { analysis } = await work.analyse({ file: (await openCopy(copyKey)) as File });
  await removeCopy(copyKey);
  const likeliest = QUADRANTS.reduce((best, quadrant) => (analysis.quadrants[quadrant] > analysis.quadrants[best] ? quadrant : best));
  return { likeliest, quadrant: quadrantOf(analysis.affect) };
}

test('the shipped model hears each piece in the quadrant that it was written for', { timeout: 300_000 }, async () => {
  const heard: Record<string, unknown> = {};
  const waiting = DEMO_PIECES.map((_, piece) => piece);
  await Promise.all(
    works.map(async (work) => {
      for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) {
        heard[DEMO_PIECES[piece]?.tags.title ?? ''] = await hear(work, piece);
      }
    }),
  );
  const written = DEMO_PIECES.map(({ tags, spec }) => [tags.title, { likeliest: spec.intended, quadrant: spec.intended }]);
  expect(heard).toEqual(Object.fromEntries(written));
});
