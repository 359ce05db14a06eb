import type { AnalysisRow, Track } from '../../core/music';

/** A song as the table of the library shows it. */
export interface CatalogueSong {
  readonly track: Track;
  readonly analysis: AnalysisRow | null;
}
