import type { TrackAnalysis, TrackDetail } from '../../../core/music';
import { trackBeats } from '../../../dsp/rhythm/trackBeats';
import { deviation } from '../../../dsp/statistics';
import { HOP, SAMPLE_RATE } from '../segmentLayout';
import { findDownbeats } from './findDownbeats';
import type { OnsetCurves } from './onsetRecorder';
import { estimateSongTempo, pulseClarity } from './songTempo';
import { autocorrelationTempogram } from './tempogram';
import { tempoPath } from './tempoPath';

/** A sound is first seen in the last samples of a frame of 2048: where onsets lie in the frame whose level rises most. */
const ONSET_SAMPLES = 1_100;
/** Below this autocorrelation nothing is felt as a beat. */
const LEAST_CONFIDENCE = 0.05;

export type SongRhythm = Pick<TrackAnalysis, 'tempo' | 'tempoConfidence' | 'pulseClarity'> & Pick<TrackDetail, 'beats' | 'downbeats'>;

/**
 * Tempo, pulse, beats and bars of a song.
 * @returns times in seconds; silence, and sounds that never repeat: tempo 0, no beats
 */
export function songRhythm(curves: OnsetCurves): SongRhythm {
  const tempogram = autocorrelationTempogram(curves.strength);
  const { tempo, confidence } = estimateSongTempo(tempogram);
  const isFelt = confidence >= LEAST_CONFIDENCE;
  const frames = isFelt ? trackBeats(accentCurve(curves), tempoPath(tempogram, tempo)) : [];
  const beats = Float32Array.from(frames, (t) => (t * HOP + ONSET_SAMPLES) / SAMPLE_RATE);
  return {
    tempo: isFelt ? tempo : 0,
    tempoConfidence: isFelt ? confidence : 0,
    pulseClarity: pulseClarity(tempogram),
    beats,
    downbeats: Float32Array.from(findDownbeats(frames, curves), (i) => beats[i] ?? 0),
  };
}

/** Onset strength and bass alike, each in its own deviations: off-beats often sound as loud as beats, but without a bass drum. */
function accentCurve({ strength, bass }: OnsetCurves): Float32Array {
  const [whole, low] = [Math.max(deviation(strength), 1e-12), Math.max(deviation(bass), 1e-12)];
  return strength.map((value, t) => value / whole + (bass[t] ?? 0) / low);
}
