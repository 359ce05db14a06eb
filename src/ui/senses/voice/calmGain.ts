/**
 * Right answers to clips that are not calm, of 100, before and after the product read each stranger's calm clips: CREMA-D's, RAVDESS's
 * and EmoDB's test speakers together (python -m evaluation.voice.card).
 */
export const CALM_GAIN = { people: 23, before: 63, after: 65 } as const;
