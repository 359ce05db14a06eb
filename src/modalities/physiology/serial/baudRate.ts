/** In the order in which they are tried: what sketches for these sensors use most comes first. */
export const BAUD_RATES = [115_200, 9600, 57_600, 38_400, 19_200, 250_000, 4800] as const;
export type BaudRate = (typeof BAUD_RATES)[number];
