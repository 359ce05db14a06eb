/** Endings of sound files, also of kinds that no browser decodes: those are listed with their reason instead of passed over. */
const SOUND = new Set(
  'mp3 mp2 m4a m4b mp4 aac flac ogg oga opus wav wave webm mka aif aiff aifc wma ape wv mpc dsf dff spx caf alac'.split(' '),
);

const ENDING = /\.([^./]{1,5})$/;

/** Whether a file found in a folder is worth opening: hidden and system files, pictures, texts and playlists are not. */
export function isWorthReading(path: string): boolean {
  const parts = path.split('/');
  if (parts.some((part) => part.startsWith('.') || part === '__MACOSX' || part === '$RECYCLE.BIN')) return false;
  return SOUND.has(ENDING.exec(path)?.[1]?.toLowerCase() ?? '');
}
