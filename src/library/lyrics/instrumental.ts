import type { LyricsLine } from '../../core/music';

/** How files of lyrics say that nobody sings. */
const INSTRUMENTAL = /^[\s([{*♪♫~-]*(this (song|track) is )?(an )?instrumental([\s]+(track|version|music))?[\s.)\]}*♪♫~-]*$/i;

/** Whether lyrics hold no word but that they are none. */
export function isInstrumental(lines: readonly Pick<LyricsLine, 'text'>[]): boolean {
  const said = lines.filter(({ text }) => /\p{L}/u.test(text));
  return said.length > 0 && said.every(({ text }) => INSTRUMENTAL.test(text));
}
