import captureWorkletUrl from '../../../worklets/capture.worklet.ts?worker&url';
import { VoiceStore } from './voice.svelte';

type Given = Omit<ConstructorParameters<typeof VoiceStore>[0], 'workletUrl' | 'listMicrophones'>;

/** The voice store on the real microphone, whose code is loaded when it is needed only. */
export function createVoice(given: Given): VoiceStore {
  return new VoiceStore({
    ...given,
    workletUrl: captureWorkletUrl,
    listMicrophones: async () => (await import('../../../modalities/voice/sensor')).listMicrophones(),
  });
}
