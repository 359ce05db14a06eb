/** What the name of a file says when its tags say nothing. */
export interface NamedTags {
  /** Never empty. */
  readonly title: string;
  readonly artist: string | null;
  readonly album: string | null;
  readonly discNumber: number | null;
  readonly trackNumber: number | null;
}

const ENDING = /\.([^./]{1,5})$/;
/** Dashes between spaces part the fields of a name. */
const SEPARATOR = /\s+[-–—]+\s+/;
/** "01 ", "7. ", "07-", "(12) ", "1-03 ": a bare number without leading zero may well be a title ("99 Luftballons"). */
const NUMBER = /^(?:(\d)[-.](?=\d\d))?(?:(0\d{1,2}|\d\d(?=[._)-])|\d{1,3}(?=\.\s|\)|\s+-))|\((\d{1,3})\))[\s._)-]*(?=\S)/;

/** File name without folders and ending. */
function bareName(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  return name.replace(ENDING, '').trim() || name.trim();
}

/** Underscores stand for spaces in names that have none. */
const spaced = (name: string): string => (/\s/.test(name) ? name : name.replaceAll('_', ' ')).replace(/\s+/g, ' ').trim();

const positive = (text: string | undefined): number | null => (Number(text) > 0 ? Number(text) : null);

/** "Artist - Title", "Artist - Album - 03 - Title", "Title"; of three fields the last two are the title, unless a number parts them. */
function splitFields(name: string): Pick<NamedTags, 'title' | 'artist' | 'album' | 'trackNumber'> {
  const fields = name.split(SEPARATOR).filter((field) => field !== '');
  const [artist = name, ...rest] = fields;
  if (rest.length === 0) return { title: artist, artist: null, album: null, trackNumber: null };
  const numbered = rest.findIndex((field) => /^\d{1,3}$/.test(field));
  const title = rest.slice(numbered + 1).join(' - ');
  if (title === '') return { title: rest.join(' - '), artist, album: null, trackNumber: null };
  const album = numbered > 0 ? rest.slice(0, numbered).join(' - ') : null;
  return { title, artist, album, trackNumber: numbered < 0 ? null : positive(rest[numbered]) };
}

/** Reads the name of a file: "01 - Artist - Title.mp3", "Artist - Title.ogg", "1-03 Title.flac", "07_Title.wav" … */
export function parseFileName(path: string): NamedTags {
  const name = spaced(bareName(path)) || 'Untitled';
  const [all = '', disc, leading, bracketed] = NUMBER.exec(name) ?? [];
  const rest = name.slice(all.length).trim();
  const fields = splitFields(rest);
  return { ...fields, discNumber: positive(disc), trackNumber: positive(leading ?? bracketed) ?? fields.trackNumber };
}
