import { AppError } from '../../src/core/errors';
import { QUADRANTS } from '../../src/core/music';
import type { AnalyseResult, LibraryWork } from '../../src/library/libraryWork';
import en from '../../src/locales/en.json';
import { quadrantLabels } from '../input/labels';
import type { Answer, Subject } from './subject';

/** Songs through the library workers: decoder, features, model. */
export const music: Subject = {
  id: 'music',
  input: 'file',
  labels: quadrantLabels,
  async open() {
    const { createLibraryCrew, crewSize } = await import('../../src/workers/libraryCrew');
    const crew = createLibraryCrew({ baseUrl: document.baseURI, size: crewSize(navigator.hardwareConcurrency) });
    const models = await Promise.all(crew.map((work) => work.prepare()));
    const free = [...crew];
    return {
      models: models.slice(0, 1),
      parallel: crew.length,
      async answer({ file }) {
        const work = free.pop();
        if (!work || !file) throw new AppError('unexpected', 'more items at once than workers, or an item without a file');
        try {
          return toAnswer(await analyse(work, file));
        } catch (error) {
          return { unreadable: reasonOf(error) };
        } finally {
          free.push(work);
        }
      },
      close: () => crew.forEach((work) => work.stop()),
    };
  },
};

/** As the library does it: block by block in the worker, and by the browser's own decoder where that fails. */
async function analyse(work: LibraryWork, file: File): Promise<AnalyseResult> {
  try {
    return await work.analyse({ file });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'library/decode-failed') throw error;
    const { decodeOnPage } = await import('../../src/library/decodeOnPage');
    return work.analysePcm(await decodeOnPage(file));
  }
}

function toAnswer({ analysis: { quadrants, affect }, tookMs }: AnalyseResult): Answer {
  const predicted = QUADRANTS.reduce((best, quadrant) => (quadrants[quadrant] > quadrants[best] ? quadrant : best));
  const { valence, arousal } = affect;
  return {
    predicted,
    probabilities: quadrants,
    confidence: quadrants[predicted],
    valence,
    arousal,
    signalQuality: null,
    latencyMs: tookMs,
  };
}

/** The sentence that the library shows for a file that is no song; anything else is a failure of the product. */
function reasonOf(error: unknown): string {
  if (!(error instanceof AppError) || !error.code.startsWith('library/')) throw error;
  return en.error[error.code];
}
