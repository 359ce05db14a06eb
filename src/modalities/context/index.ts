import { defineModality } from '../modality';
import { createEstimator } from './estimator';
import type { ContextFrame } from './frame';
import type { ContextSensorOptions } from './sensor';
import { simulate } from './simulate';

export default defineModality<ContextFrame, ContextFrame, 'context', ContextSensorOptions>({
  id: 'context',
  needs: [],
  // A frame holds the whole situation, so a newer one replaces an older one.
  delivery: 'latest',
  models: [],
  vendorFiles: [],
  async *openSensor(signal, options) {
    yield* (await import('./sensor')).openSensor(signal, options);
  },
  createEstimator,
  simulate,
});
