import face from './face';
import physiology from './physiology';

/** Adding a modality is adding its line here; ModalityId, the settings panel and fusion follow from it. */
export const modalities = { face, physiology } as const;
export type ModalityId = keyof typeof modalities;
