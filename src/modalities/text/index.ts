import { defineModality } from '../modality';
import { createEstimator } from './estimator';
import type { TextFrame } from './frame';
import type { TextSensorOptions } from './sensor';
import { simulate } from './simulate';

export default defineModality<TextFrame, TextFrame, 'text', TextSensorOptions>({
  id: 'text',
  needs: ['keyboard'],
  // A frame holds everything that counts, so a newer one replaces an older one whole.
  delivery: 'latest',
  models: ['text-emotion'],
  vendorFiles: [],
  async *openSensor(signal, options) {
    yield* (await import('./sensor')).openSensor(signal, options);
  },
  createEstimator,
  simulate,
});
