import type { AnalysisRow, TrackDetail } from '../../../core/music';
import { t, type MessageKey } from '../../../locales/t';
import { formatKey, percent } from '../../words/format';

export interface FeatureLine {
  readonly name: string;
  /** With its unit. */
  readonly value: string;
  /** The value in plain words. */
  readonly words: string;
  /** What the figure means, for people who never heard of it. */
  readonly meaning: string;
}

type Step = readonly [below: number, word: MessageKey];

/** The word of the first step that the value lies below; the last word for all above. */
function wordFor(value: number, steps: readonly Step[], last: MessageKey): string {
  return t(steps.find(([below]) => value < below)?.[1] ?? last);
}

const minus = (n: number, digits: number): string => n.toFixed(digits).replace('-', '−');
const hertz = (n: number): string => (n < 1000 ? t('song.hertz', { n: Math.round(n) }) : t('song.kilohertz', { n: (n / 1000).toFixed(1) }));

/**
 * Every figure of a song with its words. The borders are ours; those of loudness lie around the −14 LUFS of streaming services
 * and the −23 LUFS of broadcasting (EBU R128).
 */
export function featureLines(analysis: AnalysisRow, detail: TrackDetail | null): readonly FeatureLine[] {
  return [...rhythmLines(analysis, detail), ...levelLines(analysis), ...toneLines(analysis, detail)];
}

function rhythmLines(analysis: AnalysisRow, detail: TrackDetail | null): readonly FeatureLine[] {
  const { tempo, tempoConfidence, pulseClarity, onsetRate } = analysis;
  const other = tempo < 100 ? tempo * 2 : tempo / 2;
  const sure = t('song.sure', { n: percent(tempoConfidence) });
  const hint = tempoConfidence < 0.6 ? ` ${t('song.octave', { n: Math.round(other) })}` : '';
  const beats = detail?.beats.length ? ` ${t('song.beatsFound', { n: detail.beats.length.toLocaleString('en') })}` : '';
  return [
    {
      name: t('song.tempo'),
      value: t('song.bpm', { n: tempo.toFixed(1) }),
      words: `${wordFor(
        tempo,
        [
          [90, 'song.slow'],
          [130, 'song.midTempo'],
        ],
        'song.fast',
      )}, ${sure}.${hint}${beats}`,
      meaning: t('song.tempoMeans'),
    },
    {
      name: t('song.pulse'),
      value: `${percent(pulseClarity)} %`,
      words: wordFor(
        pulseClarity,
        [
          [0.3, 'song.pulseFree'],
          [0.6, 'song.pulseSome'],
        ],
        'song.pulseClear',
      ),
      meaning: t('song.pulseMeans'),
    },
    {
      name: t('song.onsets'),
      value: t('song.perSecond', { n: onsetRate.toFixed(1) }),
      words: wordFor(
        onsetRate,
        [
          [1.5, 'song.onsetsFew'],
          [4, 'song.onsetsSome'],
        ],
        'song.onsetsMany',
      ),
      meaning: t('song.onsetsMeans'),
    },
  ];
}

function levelLines({ loudness, truePeak, loudnessRange }: AnalysisRow): readonly FeatureLine[] {
  return [
    {
      name: t('song.loudness'),
      value: t('song.lufs', { n: minus(loudness, 1) }),
      words: wordFor(
        loudness,
        [
          [-20, 'song.quiet'],
          [-11, 'song.midLoud'],
        ],
        'song.loud',
      ),
      meaning: t('song.loudnessMeans'),
    },
    {
      name: t('song.range'),
      value: t('song.lu', { n: loudnessRange.toFixed(1) }),
      words: wordFor(
        loudnessRange,
        [
          [4, 'song.rangeFlat'],
          [9, 'song.rangeSome'],
        ],
        'song.rangeWide',
      ),
      meaning: t('song.rangeMeans'),
    },
    {
      name: t('song.peak'),
      value: t('song.dbtp', { n: minus(truePeak, 1) }),
      words: wordFor(
        truePeak,
        [
          [-1, 'song.peakSafe'],
          [0.05, 'song.peakFull'],
        ],
        'song.peakOver',
      ),
      meaning: t('song.peakMeans'),
    },
  ];
}

function toneLines({ key, spectralCentroid }: AnalysisRow, detail: TrackDetail | null): readonly FeatureLine[] {
  const lines = [
    {
      name: t('song.key'),
      value: formatKey(key, true),
      words: t(key.confidence < 0.5 ? 'song.keyUnsure' : 'song.keySure', { n: percent(key.confidence) }),
      meaning: t('song.keyMeans'),
    },
    {
      name: t('song.brightness'),
      value: hertz(spectralCentroid),
      words: wordFor(
        spectralCentroid,
        [
          [1200, 'song.dark'],
          [2400, 'song.warm'],
        ],
        'song.brightTone',
      ),
      meaning: t('song.brightnessMeans'),
    },
  ];
  if (!detail || detail.summary.rms === 0) return lines;
  const { flatness, rolloff } = detail.summary;
  return [
    ...lines,
    {
      name: t('song.noise'),
      value: `${percent(flatness)} %`,
      words: wordFor(
        flatness,
        [
          [0.02, 'song.noiseTone'],
          [0.1, 'song.noiseSome'],
        ],
        'song.noiseMuch',
      ),
      meaning: t('song.noiseMeans', { hertz: hertz(rolloff) }),
    },
  ];
}
