import face from './face';

/** Adding a modality is adding its line here; ModalityId, the settings panel and fusion follow from it. */
export const modalities = { face } as const;
export type ModalityId = keyof typeof modalities;
