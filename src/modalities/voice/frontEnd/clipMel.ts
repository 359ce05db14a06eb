import { HOP, MelStream, MOST_FRAMES, type MelWindow } from './melStream';
import { sliceWindow, trimEdges } from './trimEdges';

/**
 * Log-mel spectrogram of a whole utterance relative to its maximum, quiet edges cut: as the model was trained.
 * @param pcm [n] mono at 16 kHz, [-1, 1]; silence gives -80 dB throughout, nothing gives one frame
 */
export function clipMel(pcm: Float32Array): MelWindow {
  const stream = new MelStream(1 + Math.floor(pcm.length / HOP));
  stream.push(pcm);
  stream.finish();
  const whole = stream.read(Array.from({ length: stream.count }, (_, frame) => frame));
  return sliceWindow(whole, trimEdges(whole));
}

/**
 * The windows through which the model looks at a longer utterance: its first three seconds, its last, and as many between as
 * overlap by half.
 */
export function windowsOf(clip: MelWindow): readonly MelWindow[] {
  const room = clip.frames - MOST_FRAMES;
  if (room <= 0) return [clip];
  const steps = Math.ceil(room / (MOST_FRAMES / 2));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const from = Math.round((i * room) / steps);
    return sliceWindow(clip, { from, to: from + MOST_FRAMES });
  });
}
