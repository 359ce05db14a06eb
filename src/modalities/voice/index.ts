import { defineModality } from '../modality';
import { createEstimator } from './estimator';
import { VOICE_ACTIVITY } from './files';
import type { VoiceBlock, VoiceFrame } from './frame';
import type { MicrophoneOptions } from './sensor';
import { simulate } from './simulate';

export default defineModality<VoiceBlock, VoiceFrame, 'voice', MicrophoneOptions>({
  id: 'voice',
  needs: ['microphone'],
  // Sound is a stream: leaving a block out would cut words.
  delivery: 'recent',
  models: ['voice-emotion'],
  vendorFiles: [VOICE_ACTIVITY],
  // Lazy: the worker imports this folder too and must never load device code, nor the page voice activity.
  async *openSensor(signal, options) {
    yield* (await import('./sensor')).openSensor(signal, options);
  },
  async openFrontEnd(options) {
    return (await import('./activity/openFrontEnd')).openFrontEnd(options);
  },
  createEstimator,
  simulate,
});
