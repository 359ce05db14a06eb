/** A syllable's peak stands out of the dips beside it by this much, dB. */
const DIP_DB = 2;
/** Peaks below the threshold are no syllables: this far below the (nearly) loudest frame, dB. */
const BELOW_LOUDEST_DB = 25;

/** 99th percentile: a click is not what the rest is compared with. */
function nearlyLoudest(levels: ArrayLike<number>): number {
  const sorted = Float64Array.from(levels).sort();
  return sorted[Math.floor(0.99 * (sorted.length - 1))] ?? -Infinity;
}

/**
 * Syllable nuclei: voiced peaks of the intensity that lie above a threshold 25 dB below its (nearly) loudest frame and are
 * preceded by a dip of at least 2 dB (de Jong & Wempe 2009, Praat script to detect syllable nuclei and measure speech rate
 * automatically, Behavior Research Methods 41, 385-390; threshold as in their revised script).
 * @param intensity [n] dB of frames 16 ms apart or so
 * @param isVoiced whether a frame has a pitch
 * @returns numbers of the frames, ascending; silence gives none
 */
export function syllableNuclei(intensity: ArrayLike<number>, isVoiced: (frame: number) => boolean): readonly number[] {
  const least = nearlyLoudest(intensity) - BELOW_LOUDEST_DB;
  const found: number[] = [];
  let dip = -Infinity;
  let peak: number | null = null;
  const levelOf = (frame: number): number => intensity[frame] ?? -Infinity;
  const settle = (): void => {
    if (peak !== null && levelOf(peak) > least && isVoiced(peak)) found.push(peak);
    peak = null;
  };
  for (let frame = 0; frame < intensity.length; frame++) {
    const level = levelOf(frame);
    if (peak !== null && level < levelOf(peak) - DIP_DB) {
      settle();
      dip = level;
    } else if (peak === null) {
      // Before the first dip everything counts as one: speech begins from silence.
      dip = Math.min(dip === -Infinity ? level : dip, level);
      if (level >= dip + DIP_DB || frame === 0) peak = frame;
    } else if (level > levelOf(peak)) peak = frame;
  }
  settle();
  return found;
}
