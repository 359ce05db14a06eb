import context from './context';
import face from './face';
import physiology from './physiology';
import text from './text';
import voice from './voice';

/** Adding a modality is adding its line here; ModalityId, the settings panel and fusion follow from it. */
export const modalities = { face, voice, text, physiology, context } as const;
export type ModalityId = keyof typeof modalities;
