import { defineModality } from '../modality';
import { createEstimator } from './estimator';
import { FACE_FINDERS, LOADER, RUNTIME } from './files';
import { geometryOf, type FaceFrame } from './frame';
import type { CameraFrame, CameraOptions } from './sensor';
import { simulate } from './simulate';

export default defineModality<CameraFrame, FaceFrame, 'face', CameraOptions>({
  id: 'face',
  needs: ['camera'],
  delivery: 'latest',
  models: ['face-emotion'],
  vendorFiles: [LOADER, RUNTIME, FACE_FINDERS],
  // Lazy: the worker imports this folder too and must never load device code, nor the page the detector.
  async *openSensor(signal, options) {
    yield* (await import('./sensor')).openSensor(signal, options);
  },
  async openFrontEnd(options) {
    return (await import('./detector')).openFrontEnd(options);
  },
  createEstimator,
  geometryOf,
  simulate,
});
