import { AppError } from '../../../core/errors';
import { openBareOnnx } from '../../../ml/backend/onnx';
import { fetchVerified } from '../../../ml/modelFiles';
import { fetchVendorIndex } from '../../../ml/vendor';
import type { FrontEnd, FrontEndOptions } from '../../modality';
import { VOICE_ACTIVITY } from '../files';
import type { VoiceBlock, VoiceFrame } from '../frame';
import { Listener } from './listener';
import { Silero } from './silero';

/** Worker only: voice activity before the estimator. @throws AppError 'model/…' */
export async function openFrontEnd({ vendorUrl, signal }: FrontEndOptions): Promise<FrontEnd<VoiceBlock, VoiceFrame>> {
  const spec = (await fetchVendorIndex(vendorUrl))[VOICE_ACTIVITY];
  if (!spec) throw new AppError('model/unavailable', `this build lacks ${VOICE_ACTIVITY}`);
  const silero = new Silero(await openBareOnnx(VOICE_ACTIVITY, await fetchVerified(new URL(VOICE_ACTIVITY, vendorUrl).href, spec)));
  if (signal.aborted) {
    await silero.close();
    throw Object.assign(new Error('opening voice activity was aborted'), { name: 'AbortError' });
  }
  const listener = new Listener(silero);
  return {
    read: (block) => listener.read(block),
    close: () => void silero.close(),
  };
}
