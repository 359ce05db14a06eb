import type { IAudioMetadata } from 'music-metadata';
import type { MusicBrainzIds, ReplayGain, StatedTags } from '../../core/music';
import { parseKey } from './parseKey';

type Native = IAudioMetadata['native'];

/** Texts of all tags by the last part of their names, lower case: "TXXX:initialkey" and "INITIALKEY" are one. The first wins. */
function indexTexts(native: Native): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { id, value } of Object.values(native).flat()) {
    const name = id.split(':').at(-1)?.toLowerCase() ?? '';
    if (typeof value === 'string' && !texts.has(name)) texts.set(name, value);
  }
  return texts;
}

/** The number at the start of a text such as "-6.50 dB", within bounds. */
function readNumber(text: string | undefined, low: number, high: number): number | null {
  const value = Number.parseFloat(text?.replace(',', '.') ?? '');
  return value >= low && value <= high ? value : null;
}

/** Opus states gains for -23 LUFS in steps of 1/256 dB (RFC 7845, 5.2.1); ReplayGain 2 aims at -18 LUFS. */
function readOpusGain(text: string | undefined): number | null {
  const steps = readNumber(text, -32_768, 32_767);
  return steps === null ? null : steps / 256 + 5;
}

function readReplayGain(texts: ReadonlyMap<string, string>): ReplayGain | null {
  const gain = (of: string): number | null =>
    readNumber(texts.get(`replaygain_${of}_gain`), -60, 60) ?? readOpusGain(texts.get(`r128_${of}_gain`));
  const peak = (of: string): number | null => readNumber(texts.get(`replaygain_${of}_peak`), 0, 100);
  const stated = { trackGain: gain('track'), trackPeak: peak('track'), albumGain: gain('album'), albumPeak: peak('album') };
  return stated.trackGain === null && stated.albumGain === null ? null : stated;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function toUuid(text: string | undefined): string | null {
  const id = text?.trim().toLowerCase() ?? '';
  return UUID.test(id) ? id : null;
}

function readMusicBrainz(common: IAudioMetadata['common']): MusicBrainzIds | null {
  const ids = {
    recording: toUuid(common.musicbrainz_recordingid),
    release: toUuid(common.musicbrainz_albumid),
    artist: toUuid(common.musicbrainz_artistid?.[0]),
  };
  return ids.recording === null && ids.release === null && ids.artist === null ? null : ids;
}

const MAX_GENRES = 8;

/** Genres of all tags, each once; "Rock; Jazz" and "Rock/Jazz" are two. @param clean one line of text, null when nothing is left */
export function readGenres(genres: readonly string[] | undefined, clean: (text: string) => string | null): readonly string[] {
  const byName = new Map<string, string>();
  for (const part of (genres ?? []).flatMap((text) => text.split(/[;\0]|\s*\/\s*(?=\S)/))) {
    const name = clean(part);
    if (name !== null && !byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), name);
  }
  return [...byName.values()].slice(0, MAX_GENRES);
}

/** What the tags claim of the sound: tempo, key, ReplayGain, and the ids of MusicBrainz; nonsense is left out. */
export function readStated({ common, native }: IAudioMetadata): Omit<StatedTags, 'genres'> {
  const texts = indexTexts(native);
  // The parser rounds down; fractions matter to those who beat-match.
  const tempo = readNumber(texts.get('tbpm') ?? texts.get('bpm') ?? common.bpm?.toString(), 20, 400);
  return {
    tempo,
    key: parseKey(common.key ?? texts.get('initialkey') ?? null),
    replayGain: readReplayGain(texts),
    musicBrainz: readMusicBrainz(common),
  };
}
