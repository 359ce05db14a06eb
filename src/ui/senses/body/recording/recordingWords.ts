import type { KeptRecording } from '../../../../core/records/keptRecording';
import { hasMessage, t } from '../../../../locales/t';
import type { RecordedPart } from '../../../../stores/contracts';
import { formatClock, formatDay, formatSpan, formatTime, percent } from '../../../words/format';

const lengthOf = ({ from, to }: RecordedPart): string => formatSpan(Math.max(1, (to - from) / 1000));

export function formatName(format: string): string {
  const key = `recording.format.${format}`;
  return hasMessage(key) ? t(key) : format;
}

/** "5 March 2024, 09:00, 42 min"; of an undated recording the clock since its start. */
export function partWords(part: RecordedPart, isDated: boolean): string {
  const start = isDated
    ? `${formatDay(part.from)}, ${formatTime(part.from)}`
    : t('recording.fromStart', { time: formatClock(part.from / 1000) });
  return `${start}, ${lengthOf(part)}`;
}

/** One figure of a kept recording in a few words each. */
function figures({ summary, stress }: KeptRecording): readonly string[] {
  const { heartRate, rmssd, microsiemens } = summary;
  return [
    ...(heartRate ? [t('recording.heart', { n: Math.round(heartRate.mean) })] : []),
    ...(rmssd ? [t('recording.hrv', { n: Math.round(rmssd.mean) })] : []),
    ...(microsiemens ? [t('recording.skin', { n: microsiemens.mean.toFixed(2) })] : []),
    ...(stress ? [t('recording.stressShare', { n: percent(stress.mean) })] : []),
  ];
}

/** A recording in the journal, in one line. */
export function recordingLine(recording: KeptRecording): string {
  const { name, summary, isDated } = recording;
  return t('recording.line', { name, part: partWords(summary, isDated), figures: figures(recording).join(', ') });
}
