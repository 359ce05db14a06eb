import type { LyricsLine } from '../../../core/music';
import type { Seconds } from '../../../core/units';

/** Index of the line that is sung at `at`: the last timed one that has begun; -1 before the first and for lyrics without times. */
export function lineAt(lines: readonly LyricsLine[], at: Seconds): number {
  return lines.findLastIndex((line) => line.at !== null && line.at <= at);
}
