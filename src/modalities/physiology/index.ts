import { defineModality } from '../modality';
import { createEstimator } from './estimator';
import type { PhysiologyFrame } from './frame';
import type { BodySensorOptions } from './sensor';
import { simulate } from './simulate';

export default defineModality<PhysiologyFrame, PhysiologyFrame, 'physiology', BodySensorOptions>({
  id: 'physiology',
  needs: ['bluetooth', 'serial'],
  // A packet holds the beats since the one before: leaving one out would be a wrong interval.
  delivery: 'every',
  models: ['physiology-arousal'],
  vendorFiles: [],
  // Lazy: the worker imports this folder too and must never load device code.
  async *openSensor(signal, options) {
    yield* (await import('./sensor')).openSensor(signal, options);
  },
  createEstimator,
  simulate,
});
