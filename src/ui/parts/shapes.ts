import type { Mood } from '../words/mood';

/** One shape per mood on a 16 × 16 grid, so that none is told by its hue alone. */
export const SHAPES: Readonly<Record<Mood, string>> = {
  neutral: 'M3 6h10a2 2 0 0 1 0 4H3a2 2 0 0 1 0-4z',
  happiness: 'M1.600 8a6.400 6.400 0 1 0 12.800 0a6.400 6.400 0 1 0-12.800 0z',
  sadness: 'M8 .8c.4.6 5.200 6 5.200 9.100a5.200 5.200 0 0 1-10.400 0C2.800 6.800 7.600 1.400 8 .8z',
  anger: 'M8 1.400 15.400 14.200H.6z',
  fear: 'M8 .4 15.600 8 8 15.600.4 8zM8 5 5 8l3 3 3-3z',
  disgust:
    'M3.800 1.500 8 5.700l4.200-4.200 2.300 2.300L10.300 8l4.200 4.200-2.300 2.300L8 10.300l-4.200 4.200-2.300-2.300L5.700 8 1.500 3.800z',
  surprise: 'M8 0c.7 5.400 2.600 7.300 8 8-5.400.7-7.300 2.600-8 8-.7-5.400-2.600-7.300-8-8 5.400-.7 7.300-2.600 8-8z',
  calm: 'M1 5.500h14a7 7 0 0 1-14 0z',
};
