import type { Track, TrackAnalysis } from '../../core/music';

type Cell = string | number | null;

const PITCHES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

const numbered = (name: string, values: Float32Array): readonly [string, Cell][] =>
  Array.from(values, (value, i): [string, Cell] => [`${name}${i + 1}`, Number(value.toPrecision(7))]);

function describeTags({ contentHash, title, artist, album, ...track }: Track): readonly [string, Cell][] {
  const { albumArtist, discNumber, trackNumber, year, genre, path, bytes, mimeType, stated } = track;
  return Object.entries({
    ...{ contentHash, title, artist, album, albumArtist, discNumber, trackNumber, year, genre, path, bytes, mimeType },
    statedTempo: stated.tempo,
    statedKey: stated.key && `${PITCHES[stated.key.pitchClass] ?? ''} ${stated.key.mode}`,
    replayGainTrack: stated.replayGain?.trackGain ?? null,
    replayGainAlbum: stated.replayGain?.albumGain ?? null,
    musicBrainzRecording: stated.musicBrainz?.recording ?? null,
  });
}

function describeAnalysis({ key, trim, affect, quadrants, detail, ...analysis }: TrackAnalysis): readonly [string, Cell][] {
  const { summary, dynamicRange, beats, downbeats } = detail;
  const { mfcc, chroma, contrast, tonnetz, ...means } = summary;
  const { trackId: _, embedding, analysedAt, ...figures } = analysis;
  return [
    ...Object.entries<Cell>(figures),
    ['analysedAt', new Date(analysedAt).toISOString()],
    ['key', `${PITCHES[key.pitchClass] ?? ''} ${key.mode}`],
    ['keyConfidence', key.confidence],
    ['trimStart', trim.start],
    ['trimEnd', trim.end],
    ...Object.entries<Cell>({ ...affect, ...quadrants, dynamicRange, ...means }),
    ['beats', beats.length],
    ['downbeats', downbeats.length],
    ...numbered('mfcc', mfcc),
    ...Array.from(chroma, (share, i): [string, Cell] => [`chroma${PITCHES[i] ?? i}`, share]),
    ...numbered('contrast', contrast),
    ...numbered('tonnetz', tonnetz),
    ...numbered('embedding', embedding),
  ];
}

/** A cell as RFC 4180 has it. A tag that a spreadsheet would run as a formula is marked as text. */
export function toCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The names and the cells of a song's row; all songs of one analyser have the same names. */
export function toTableRow(track: Track, analysis: TrackAnalysis): { readonly names: string; readonly cells: string } {
  const columns = [...describeTags(track), ...describeAnalysis(analysis)];
  return { names: columns.map(([name]) => name).join(','), cells: columns.map(([, value]) => toCell(value)).join(',') };
}
