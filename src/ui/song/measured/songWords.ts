import type { TrackAnalysis } from '../../../core/music';
import { t } from '../../../locales/t';

type Measured = Pick<TrackAnalysis, 'tempo' | 'loudness' | 'spectralCentroid'>;

/** Tempo, loudness and tone in words; the borders are ours: 90 and 130 bpm, -18 and -11 LUFS, 1200 and 2400 Hz. */
export function songWords({ tempo, loudness, spectralCentroid }: Measured): string {
  return t('song.words', {
    tempo: t(tempo < 90 ? 'song.slow' : tempo < 130 ? 'song.midTempo' : 'song.fast'),
    loud: t(loudness < -18 ? 'song.quiet' : loudness < -11 ? 'song.midLoud' : 'song.loud'),
    bright: t(spectralCentroid < 1200 ? 'song.dark' : spectralCentroid < 2400 ? 'song.warm' : 'song.brightTone'),
  });
}
