import type { UnitInterval } from '../../../core/units';
import { t } from '../../../locales/t';
import type { VoiceReading } from '../../../stores/sensing/voice/voiceContract';

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
export function voiceFacts({ isSpeaking, f0, level, speechSeconds }: VoiceReading): readonly string[] {
  return [
    t(isSpeaking ? 'voice.speaking' : 'voice.notSpeaking'),
    ...(isSpeaking && f0 !== null ? [t('voice.pitch', { word: pitchWord(f0), n: Math.round(f0) })] : []),
    ...(isSpeaking ? [loudnessWord(level)] : []),
    ...(speechSeconds > 0 ? [t('voice.window', { n: speechSeconds.toFixed(1) })] : []),
  ];
}

/** How the voice differs from the way this person usually speaks, e.g. "higher, slower"; null when nothing stands out. */
export function voiceCues({ cues }: VoiceReading): string | null {
  if (cues.length === 0) return null;
  const words = cues.map(({ trait, distance }) => t(`voice.cue.${trait}.${distance > 0 ? 'more' : 'less'}`));
  return t('voice.cues', { words: words.join(', ') });
}
