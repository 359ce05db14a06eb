import face from './face';
import physiology from './physiology';
import voice from './voice';

/** Adding a modality is adding its line here; ModalityId, the settings panel and fusion follow from it. */
export const modalities = { face, voice, physiology } as const;
export type ModalityId = keyof typeof modalities;
