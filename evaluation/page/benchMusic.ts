import { AppError } from '../../src/core/errors';
import { DEMO_PIECES } from '../../src/library/demo/demoPieces';
import { openCopy } from '../../src/storage/opfs';
import { createLibraryCrew } from '../../src/workers/libraryCrew';
import { quantile } from '../report/metrics';
import type { ModelInUse } from '../subjects/subject';
import { StageTimes, type Spread } from './spread';

export interface MusicBench {
  readonly model: ModelInUse;
  readonly songs: number;
  readonly minutesOfMusic: number;
  /** Of one worker, which is one thread. */
  readonly songsPerMinute: number;
  readonly secondsPerSong: { readonly p50: number | null; readonly p95: number | null };
  /** Analysed seconds of music per second of work. */
  readonly timesRealTime: number;
  readonly stages: Readonly<Record<string, Spread>>;
}

/** The demo songs through one library worker: synthesis is not counted, decoding is. */
export async function benchMusic(): Promise<MusicBench> {
  const [work] = createLibraryCrew({ baseUrl: document.baseURI, size: 1 });
  if (!work) throw new RangeError('a crew of one has a worker');
  try {
    const model = await work.prepare();
    const stages = new StageTimes();
    const times: number[] = [];
    let seconds = 0;
    for (const [piece, { id }] of DEMO_PIECES.entries()) {
      await work.synthesise({ piece, copyKey: id });
      const file = await openCopy(id);
      if (!file) throw new AppError('library/file-missing', `the copy of piece ${piece} is gone`);
      const { analysis, stages: took, tookMs } = await work.analyse({ file });
      stages.add(took);
      times.push(tookMs / 1000);
      seconds += analysis.duration;
    }
    const worked = times.reduce((sum, time) => sum + time, 0);
    return {
      model,
      songs: times.length,
      minutesOfMusic: seconds / 60,
      songsPerMinute: (times.length / worked) * 60,
      secondsPerSong: { p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
      timesRealTime: seconds / worked,
      stages: stages.spreads(),
    };
  } finally {
    work.stop();
  }
}
