import type { UnitInterval } from '../../../core/units';
import { t } from '../../../locales/t';
import type { VoiceReading } from '../../../stores/sensing/voice/voiceContract';
import { percent } from '../../words/format';

/** dB re full scale below which a meter shows nothing. */
const METER_FLOOR = -60;
/** Hz; speaking voices of men lie around 120, of women around 210 (Titze 2000, Principles of voice production). */
const LOW_PITCH = 145;
const HIGH_PITCH = 225;
/** dB re full scale at the usual distance of a laptop's microphone. */
const SOFT = -45;
const LOUD = -22;

/** Length of the level meter. */
export const levelShare = (level: number): UnitInterval => Math.min(1, Math.max(0, 1 - level / METER_FLOOR));

function pitchWord(f0: number): string {
  if (f0 < LOW_PITCH) return t('voice.pitchLow');
  return t(f0 > HIGH_PITCH ? 'voice.pitchHigh' : 'voice.pitchMid');
}

function loudnessWord(level: number): string {
  if (level < SOFT) return t('voice.soft');
  return t(level > LOUD ? 'voice.loud' : 'voice.midLoud');
}

/** What is measured, in plain words: speaking or not, pitch, loudness, how much speech there is to judge. */
export function voiceFacts({ isSpeaking, f0, level, prosody, speechSeconds }: VoiceReading): readonly string[] {
  return [
    t(isSpeaking ? 'voice.speaking' : 'voice.notSpeaking'),
    ...(isSpeaking && f0 !== null ? [t('voice.pitch', { word: pitchWord(f0), n: Math.round(f0) })] : []),
    ...(isSpeaking ? [loudnessWord(prosody?.level ?? level)] : []),
    ...(speechSeconds > 0 ? [t('voice.window', { n: speechSeconds.toFixed(1) })] : []),
  ];
}

/** How the voice differs from the way this person usually speaks, e.g. "higher, slower"; null when nothing stands out. */
export function voiceCues({ cues }: VoiceReading): string | null {
  if (cues.length === 0) return null;
  const words = cues.map(({ trait, distance }) => t(`voice.cue.${trait}.${distance > 0 ? 'more' : 'less'}`));
  return t('voice.cues', { words: words.join(', ') });
}

/** What pitch, loudness and tempo say by themselves, and whether the model agrees; null while the usual voice is not known. */
export function voiceCheck({ check }: VoiceReading): string | null {
  if (check === null) return null;
  if (check.agrees === null) return t('voice.check.usual');
  return `${t(check.activation > 0 ? 'voice.check.more' : 'voice.check.less')} ${t(check.agrees ? 'voice.check.agrees' : 'voice.check.differs')}`;
}

const NOT_SHOWN = '–';
const FORMATS = {
  f0: (x: number) => x.toFixed(0),
  f0Range: (x: number) => x.toFixed(1),
  level: (x: number) => x.toFixed(0).replace('-', '−'),
  speechRate: (x: number) => x.toFixed(1),
  hnr: (x: number) => x.toFixed(0),
  tilt: (x: number) => x.toFixed(0).replace('-', '−'),
  jitter: (x: number) => (100 * x).toFixed(1),
  shimmer: (x: number) => (100 * x).toFixed(1),
  voiced: (x: number) => String(percent(x)),
} as const;

export interface Measure {
  readonly name: string;
  /** With its unit; a dash where the speech did not show it. */
  readonly value: string;
}

/** The prosody of the speech that was judged last, each with its unit; dashes after silence. */
export function voiceMeasures({ prosody, quality }: VoiceReading): readonly Measure[] {
  const rows = (Object.keys(FORMATS) as (keyof typeof FORMATS)[]).map((key) => {
    const value = prosody?.[key] ?? null;
    return { name: t(`voice.measure.${key}`), value: value === null ? NOT_SHOWN : t(`voice.unit.${key}`, { n: FORMATS[key](value) }) };
  });
  return [...rows, { name: t('voice.measure.quality'), value: prosody ? t('voice.unit.quality', { n: percent(quality) }) : NOT_SHOWN }];
}
