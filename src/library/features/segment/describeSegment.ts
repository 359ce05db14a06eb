import { columnMeans, mean } from '../../../dsp/statistics';
import { activeFramesOf } from './activeFrames';
import { describeDynamics } from './describeDynamics';
import { describeModulation } from './describeModulation';
import { describeRhythm } from './describeRhythm';
import type { FrameTable } from '../segmentLayout';
import { FLOOR_DB, N_MELS, selectFrames, selectRows } from '../segmentLayout';
import { describeContrast, describeShape } from './describeSpectrum';
import { describeTexture } from './describeTexture';
import { describeTimbre } from './describeTimbre';
import { describeTonal } from './describeTonal';

export interface Segment {
  readonly frames: number;
  /** Frames that are not silence; 0 when the whole segment is digital silence. */
  readonly activeFrames: number;
  /** [D] finite, independent of gain; the model's input. */
  readonly features: Float32Array;
  /** [12] mean pitch-class profile of the active frames. */
  readonly chroma: Float64Array;
  /** [173] autocorrelation of the onset envelope. */
  readonly autocorrelation: Float64Array;
  readonly onsetRate: number;
  /** Mean over active frames, Hz. */
  readonly centroid: number;
}

function largest(values: Float32Array): number {
  let top = -Infinity;
  for (const x of values) if (x > top) top = x;
  return top;
}

/** dB relative to the loudest value, cut `FLOOR_DB` below it. */
export function relativeLevel(mel: Float32Array): Float32Array {
  const top = largest(mel);
  const out = new Float32Array(mel.length);
  for (let i = 0; i < mel.length; i++) out[i] = Math.max((mel[i] ?? 0) - top, -FLOOR_DB);
  return out;
}

/**
 * Everything the library wants to know of one segment. The order of the features is that of training/music/segment.py.
 * @param table frames of the segment, at least one
 */
export function describeSegment(table: FrameTable): Segment {
  const audible = activeFramesOf(table);
  // Of digital silence every frame is described, so that the vector stays finite; the caller looks at activeFrames.
  const indices = audible.length > 0 ? audible : Array.from(table.energy.keys());
  const active = selectFrames(table, indices);
  const level = relativeLevel(table.mel);
  const activeLevel = selectRows(level, N_MELS, indices);
  const rhythm = describeRhythm(level);
  return {
    frames: table.frames,
    activeFrames: audible.length,
    features: Float32Array.from([
      ...describeTimbre(level),
      ...describeModulation(level),
      ...describeTexture(level),
      ...describeContrast(active, largest(table.peak)),
      ...describeShape(active, activeLevel),
      ...describeDynamics(table.energy),
      ...rhythm.features,
      ...describeTonal(active.chroma),
    ]),
    chroma: columnMeans(active.chroma, 12),
    autocorrelation: rhythm.autocorrelation,
    onsetRate: rhythm.onsetRate,
    centroid: mean(active.centroid),
  };
}
