import { SILENCE_LUFS } from './loudness';

/**
 * Peak to loudness ratio (EBU Tech 3343; AES TD1008): how far the highest true peak stands above the integrated loudness. About 8
 * for a heavily limited master, 20 for chamber music.
 * @param truePeak dBTP; @param loudness LUFS
 * @returns dB, at least 0; silence gives 0
 */
export const dynamicRange = (truePeak: number, loudness: number): number =>
  loudness <= SILENCE_LUFS ? 0 : Math.max(truePeak - loudness, 0);
