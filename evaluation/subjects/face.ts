import { AppError } from '../../src/core/errors';
import { EMOTIONS, type AbsenceReason } from '../../src/core/emotion';
import type { StillImage } from '../../src/modalities/modality';
import { emotionLabels } from '../input/labels';
import type { Subject } from './subject';

const ABSENT: Readonly<Partial<Record<AbsenceReason, string>>> = {
  'no-face': 'no face was found',
  'poor-signal': 'the face was too small or unclear',
};

/** Still pictures through the emotion worker: detector (unless cropped), alignment, classifier, calibration. */
export const face: Subject = {
  id: 'face',
  input: 'file',
  labels: emotionLabels,
  async open({ cropped }) {
    const { createEmotionHost } = await import('../../src/workers/hosts');
    const host = createEmotionHost({ baseUrl: document.baseURI });
    const { models } = await host.open('face');
    return {
      models,
      parallel: 1,
      async answer({ file }) {
        const image = file && (await decodeImage(file));
        if (!image) return { unreadable: 'the picture could not be decoded' };
        const from = performance.now();
        const { observation } = await host.estimateImage({ id: 'face', image, cropped });
        const latencyMs = performance.now() - from;
        if (observation.kind === 'absent') return { unreadable: ABSENT[observation.reason] ?? observation.reason };
        const { probabilities, confidence, affect, signalQuality } = observation.estimate;
        const predicted = EMOTIONS.reduce((best, emotion) => (probabilities[emotion] > probabilities[best] ? emotion : best));
        return { predicted, probabilities, confidence, valence: affect.valence, arousal: affect.arousal, signalQuality, latencyMs };
      },
      close: () => host.stop(),
    };
  },
};

/** RGBA of a picture file, turned as its EXIF says; null when the browser cannot decode it. */
async function decodeImage(file: File): Promise<StillImage | null> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return null;
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new AppError('unexpected', 'this browser draws no 2D canvas');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}
