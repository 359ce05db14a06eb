/** Centre and reach of each pigment of the mood plane's background, on its 1000 × 1000 grid. */
export const FIELD_POOLS = [
  { mood: 'happiness', x: 890, y: 260, r: 640 },
  { mood: 'surprise', x: 570, y: 10, r: 560 },
  { mood: 'anger', x: 280, y: 70, r: 540 },
  { mood: 'fear', x: 40, y: 240, r: 520 },
  { mood: 'disgust', x: 40, y: 490, r: 460 },
  { mood: 'sadness', x: 130, y: 830, r: 680 },
  { mood: 'calm', x: 840, y: 870, r: 700 },
] as const;
/** Strength of a pigment at its middle, between, and at its edge, as shares of `--field-alpha`. */
export const FIELD_STOPS = [
  { offset: 0, share: 1 },
  { offset: 0.55, share: 0.42 },
  { offset: 1, share: 0 },
] as const;
