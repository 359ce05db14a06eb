import type { MusicBrainzIds, ReplayGain, StatedTags, Track } from '../../../core/music';
import { t } from '../../../locales/t';
import { formatKey } from '../../words/format';

export interface TagLine {
  readonly name: string;
  readonly value: string;
}

const decibel = (n: number): string => t('song.dB', { n: `${n > 0 ? '+' : ''}${n.toFixed(1).replace('-', '−')}` });

type Said = readonly [name: string, value: string | number | null];

/** What the tags say beyond title and artist, in the order of a record sleeve; what they do not say is left out. */
export function tagLines(track: Track): readonly TagLine[] {
  const { stated } = track;
  const said = [...sleeveLines(track), ...soundLines(stated), ...gainLines(stated.replayGain), ...idLines(stated.musicBrainz)];
  return said.flatMap(([name, value]) => (value === null || value === '' ? [] : [{ name, value: String(value) }]));
}

function sleeveLines({ album, albumArtist, year, genre, trackNumber, discNumber, stated }: Track): readonly Said[] {
  return [
    [t('library.colAlbum'), album],
    [t('song.albumArtist'), albumArtist],
    [t('song.year'), year],
    [t('song.genre'), stated.genres.length > 0 ? stated.genres.join(', ') : genre],
    [t('song.trackNumber'), discNumber !== null && trackNumber !== null ? `${discNumber} – ${trackNumber}` : trackNumber],
  ];
}

function soundLines({ tempo, key }: StatedTags): readonly Said[] {
  return [
    [t('song.statedTempo'), tempo === null ? null : t('song.bpm', { n: Math.round(tempo) })],
    [t('song.statedKey'), key && formatKey({ ...key, confidence: 1 }, true)],
  ];
}

function idLines(ids: MusicBrainzIds | null): readonly Said[] {
  return [
    [t('song.mbRecording'), ids?.recording ?? null],
    [t('song.mbRelease'), ids?.release ?? null],
    [t('song.mbArtist'), ids?.artist ?? null],
  ];
}

function gainLines(gain: ReplayGain | null): readonly Said[] {
  const { trackGain = null, albumGain = null } = gain ?? {};
  return [
    [t('song.trackGain'), trackGain === null ? null : decibel(trackGain)],
    [t('song.albumGain'), albumGain === null ? null : decibel(albumGain)],
  ];
}
