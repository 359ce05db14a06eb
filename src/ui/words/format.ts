import type { MusicalKey } from '../../core/music';
import type { Bipolar, EpochMs, Seconds, UnitInterval } from '../../core/units';
import { t } from '../../locales/t';

/** 98.4 s as "1:38", 3,700 s as "1:01:40"; "–:––" when unknown. */
export function formatClock(seconds: Seconds | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '–:––';
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = String(s).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${tail}` : `${m}:${tail}`;
}

/** A duration in words: "40 s", "45 min", "2 h". */
export function formatSpan(seconds: Seconds): string {
  if (seconds < 60) return t('unit.seconds', { n: Math.max(1, Math.round(seconds)) });
  if (seconds < 5400) return t('unit.minutes', { n: Math.round(seconds / 60) });
  return t('unit.hours', { n: (seconds / 3600).toFixed(1).replace('.0', '') });
}

/** Figures of the plane: .34 as "+.34", -.22 as "−.22", zero as "0". */
export function formatSigned(x: Bipolar): string {
  const rounded = Math.round(x * 100) / 100;
  if (rounded === 0) return '0';
  const digits = Math.abs(rounded).toFixed(2).replace(/^0/, '');
  return (rounded > 0 ? '+' : '−') + digits;
}

/** The same figure for a screen reader: "plus 0.34". */
export function spokenSigned(x: Bipolar): string {
  const rounded = Math.round(x * 100) / 100;
  if (rounded === 0) return '0';
  return t(rounded > 0 ? 'unit.plus' : 'unit.minus', { n: Math.abs(rounded).toFixed(2) });
}

/** A share as ".14", without its leading zero; 1.2 stays "1.20". */
export function formatShare(x: number): string {
  return x.toFixed(2).replace(/^0/, '');
}

/** A song's score: "0.23", "−0.05". */
export function formatScore(x: number): string {
  return (Object.is(Math.round(x * 100), -0) ? 0 : x).toFixed(2).replace('-', '−');
}

export function percent(x: UnitInterval): number {
  return Math.round(x * 100);
}

/** No estimate is shown as certain, however near it comes: 99.7 % reads as 99. */
export function belowCertain(confidence: UnitInterval): UnitInterval {
  return Math.min(0.99, confidence);
}

/** Decimal units, as disks and downloads are sold. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return t('unit.bytes', { n: Math.round(bytes) });
  if (bytes < 1e6) return t('unit.kilobytes', { n: Math.round(bytes / 1e3) });
  if (bytes < 1e9) return t('unit.megabytes', { n: bytes < 1e7 ? (bytes / 1e6).toFixed(1) : Math.round(bytes / 1e6) });
  return t('unit.gigabytes', { n: (bytes / 1e9).toFixed(1) });
}

/** "A min"; `long` gives "A minor". */
export function formatKey(key: MusicalKey, long = false): string {
  const pitch = t('music.pitches').split(' ')[key.pitchClass] ?? '';
  const mode = key.mode === 'major' ? t(long ? 'music.majorLong' : 'music.major') : t(long ? 'music.minorLong' : 'music.minor');
  return `${pitch} ${mode}`;
}

/** Time of day, 24 hours: "16:40". */
export function formatTime(at: EpochMs): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** A day in words, whatever the system's own order of numbers is: "26 November 2026". */
export function formatDay(at: EpochMs): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}

/** First letter in capitals: for words that open a sentence. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
